#include "viewer.hpp"

#include <boost/asio/buffer.hpp>
#include <charconv>   // from_chars
#include <chrono>     // system_clock
#include <cmath>      // llround
#include <stdexcept>  // runtime_error
#include <utility>    // move

#include <nlohmann/json.hpp>

namespace feedmux::bench {
namespace {

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;

constexpr std::string_view kTickUpdate = R"({"event":"tick_update")";
constexpr std::string_view kSeen = R"("seen":)";

std::int64_t UtcUs() {
  using namespace std::chrono;
  return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

/// The number behind the last "seen":.
std::uint64_t SeenOf(std::string_view message) {
  std::uint64_t seen = 0;
  const auto at = message.rfind(kSeen);
  if (at != std::string_view::npos) {
    std::from_chars(message.data() + at + kSeen.size(), message.data() + message.size(), seen);
  }
  return seen;
}

}  // namespace

Viewer::Viewer(asio::io_context& io, const ViewerOptions& options, Readings& readings,
               std::function<void()> on_first)
    : options_(options), readings_(readings), on_first_(std::move(on_first)), socket_(io) {
  socket_.next_layer().connect({asio::ip::address_v4::loopback(), options.port});
  socket_.next_layer().set_option(asio::ip::tcp::no_delay{true});
  socket_.set_option(websocket::stream_base::decorator([&](websocket::request_type& request) {
    request.set("Authorization", "Bearer " + options.token);
  }));
  socket_.handshake("127.0.0.1:" + std::to_string(options.port), "/admin-ws");
  socket_.text(true);
  if (!options.view.empty()) {
    socket_.write(asio::buffer(R"({"event":"view","data":)" + options.view + "}"));
  }
  Read();
}

void Viewer::Close() {
  is_closing_ = true;
  socket_.async_close(websocket::close_code::normal, [](const Error&) {});
}

void Viewer::Read() {
  socket_.async_read(received_, [this](const Error& error, std::size_t size) {
    if (is_closing_) return;
    if (error) throw std::runtime_error("a viewer lost its socket: " + error.message());
    Take({static_cast<const char*>(received_.data().data()), size});
    received_.clear();
    Read();
  });
}

void Viewer::Take(std::string_view message) {
  ++readings_.messages;
  readings_.bytes += message.size();
  if (message.starts_with(kTickUpdate)) {
    ++readings_.tick_updates;
    readings_.seen += SeenOf(message);
    if (options_.with_ages) TakeAges(message);
  }
  if (on_first_) std::exchange(on_first_, nullptr)();
}

void Viewer::TakeAges(std::string_view message) {
  const std::int64_t now_us = UtcUs();
  const auto json = nlohmann::json::parse(message);
  for (const auto& tick : json["data"]["ticks"]) {
    readings_.ages_us.push_back(now_us - std::llround(tick["time"].get<double>() * 1e6));
  }
}

}  // namespace feedmux::bench
