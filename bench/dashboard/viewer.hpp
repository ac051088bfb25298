#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <cstdint>      // fixed-width integers
#include <functional>   // function
#include <string>       // string
#include <string_view>  // string_view
#include <vector>       // vector

namespace feedmux::bench {

struct ViewerOptions {
  std::uint16_t port = 8080;
  std::string token;
  std::string view;        ///< what a message "view" has as data; empty: none is sent
  bool with_ages = false;  ///< every shown tick is looked at, as a page does
};

/// What all viewers have read.
struct Readings {
  std::uint64_t messages = 0;
  std::uint64_t bytes = 0;
  std::uint64_t tick_updates = 0;
  std::uint64_t seen = 0;  ///< ticks that these say have come
  std::vector<std::int64_t>
      ages_us{};  ///< of each shown tick, from its vendor's time to its arrival
};

/// One open page, as far as its socket goes: reads all that the dashboard sends.
class Viewer {
 public:
  /// `on_first` is called with the first message: whoever gets it, is being sent to. All of them
  /// outlive the viewer.
  Viewer(boost::asio::io_context& io, const ViewerOptions& options, Readings& readings,
         std::function<void()> on_first);

  /// Closes politely. What comes until then is not counted.
  void Close();

 private:
  using Error = boost::system::error_code;

  void Read();
  void Take(std::string_view message);
  void TakeAges(std::string_view message);

  const ViewerOptions& options_;
  Readings& readings_;
  std::function<void()> on_first_;
  boost::beast::websocket::stream<boost::asio::ip::tcp::socket> socket_;
  boost::beast::flat_buffer received_;
  bool is_closing_ = false;
};

}  // namespace feedmux::bench
