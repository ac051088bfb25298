#include "sink_dashboard/viewer.hpp"

#include <algorithm>  // push_heap, pop_heap, sort
#include <stdexcept>  // invalid_argument
#include <utility>    // move

#include <nlohmann/json.hpp>

#include "sink_dashboard/bounded_json.hpp"
#include "sink_dashboard/live.hpp"
#include "sink_dashboard/status_json.hpp"

namespace feedmux::dashboard {
namespace {

constexpr int kPolicyViolation = 1008;
constexpr int kTryAgainLater = 1013;
constexpr std::size_t kMostShownBytes = 200;

}  // namespace

void Viewer::OnOpen(webserver::Socket& socket) {
  socket_ = &socket;
  is_ending_ = false;
  live_.Join(*this);
}

void Viewer::OnClosed() {
  is_ending_ = true;
  live_.Leave(*this);
}

void Viewer::OnMessage(const std::string& text) {
  const Json message = ParseObject(text);
  if (message.is_discarded()) return Complain("a message must be a JSON object: " + text);
  const auto event = message.find("event");
  if (event == message.end() || !event->is_string()) {
    return Complain("a message must have a text \"event\": \"view\" or \"ping\"");
  }
  const Json data = message.value("data", Json::object());
  if (*event == "ping") {
    const Json echo = data.is_object() ? data.value("t", Json()) : Json();
    const Json t = echo.is_number() ? echo : Json();
    Send("pong", Text(Json{{"t", t}, {"time", live_.NowSeconds()}}));
  } else if (*event == "view") {
    try {
      SetView(ReadView(data));
    } catch (const std::invalid_argument& problem) {
      return Complain(problem.what());
    }
  } else {
    Complain("there is no event '" + event->get<std::string>() + "'; there are view and ping");
  }
}

void Viewer::Complain(const std::string& what) {
  Send("error", Text(Json{{"error", what.substr(0, kMostShownBytes)}}));
  if (++mistakes_ < limits_.mistakes) return;
  Close(kPolicyViolation, "too many bad messages", webserver::Socket::Waiting::Send);
}

void Viewer::Send(std::string_view event, std::string_view data) {
  if (is_ending_) return;
  std::string text = R"({"event":")";
  text.append(event).append(R"(","data":)").append(data).append("}");
  socket_->SendText(std::move(text));
}

bool Viewer::IsSlow() {
  if (is_ending_) return true;
  const auto now = std::chrono::steady_clock::now();
  const std::size_t unsent = socket_->unsent();
  if (unsent <= limits_.spare_above_bytes) {
    is_slow_ = false;
    return false;
  }
  if (!is_slow_) slow_since_ = now;
  is_slow_ = true;
  if (unsent > limits_.drop_above_bytes || now - slow_since_ > limits_.drop_after) {
    live_.CountDropped();
    Close(kTryAgainLater, "this viewer reads too slowly", webserver::Socket::Waiting::Drop);
  }
  return true;
}

void Viewer::End(const Ending& ending) {
  Send("session_ended", Text(Json{{"reason", ending.reason}}));
  Close(ending.close_code, ending.reason, webserver::Socket::Waiting::Send);
}

void Viewer::Close(int code, const std::string& reason, webserver::Socket::Waiting waiting) {
  if (is_ending_) return;
  is_ending_ = true;
  socket_->Close(code, reason, waiting);
}

void Viewer::SetView(View view) {
  view_ = std::move(view);
  matches_.clear();
  for (const auto stream : pending_) streams_[stream] = {};
  pending_.clear();
}

void Viewer::Take(const LiveTicks& ticks, const std::vector<LiveTicks::Increase>& increases) {
  for (const auto& [index, count] : increases) {
    if (index >= matches_.size()) matches_.resize(2 * std::size_t{index} + 1, Match::Unknown);
    Match& match = matches_[index];
    if (match == Match::Unknown) match = ticks.Matches(view_, index) ? Match::Yes : Match::No;
    if (match == Match::No) continue;
    seen_ += count;
    seen_unshown_ += count;
    if (!view_.ticks) continue;

    const auto stream_index = ticks.stream_of(index);
    if (stream_index >= streams_.size()) streams_.resize(2 * std::size_t{stream_index} + 1);
    Stream& stream = streams_[stream_index];
    const BoardCell& cell = ticks.cell(index);
    stream.unseen += count;
    if (!stream.is_pending) {
      stream.is_pending = true;
      stream.connection = cell.connection;
      pending_.push_back(stream_index);
    } else if (cell.ts_recv_ns < stream.newest_ns) {
      continue;
    }
    stream.newest = index;
    stream.newest_ns = cell.ts_recv_ns;
  }
}

std::vector<LiveTicks::StreamIndex> Viewer::ChooseNewest() const {
  using StreamIndex = LiveTicks::StreamIndex;
  const auto is_newer = [&](StreamIndex a, StreamIndex b) {
    return streams_[a].newest_ns > streams_[b].newest_ns;
  };
  // A heap a connection, the oldest of the chosen on top.
  std::vector<std::vector<StreamIndex>> by_connection;
  for (const StreamIndex stream : pending_) {
    const std::size_t connection = streams_[stream].connection;
    if (connection >= by_connection.size()) by_connection.resize(connection + 1);
    auto& chosen = by_connection[connection];
    if (chosen.size() == limits_.ticks_per_connection) {
      if (!is_newer(stream, chosen.front())) continue;
      std::pop_heap(chosen.begin(), chosen.end(), is_newer);
      chosen.pop_back();
    }
    chosen.push_back(stream);
    std::push_heap(chosen.begin(), chosen.end(), is_newer);
  }
  std::vector<StreamIndex> all;
  for (const auto& chosen : by_connection) all.insert(all.end(), chosen.begin(), chosen.end());
  std::sort(all.begin(), all.end(), [&](StreamIndex a, StreamIndex b) { return is_newer(b, a); });
  return all;
}

void Viewer::ShowTicks(LiveTicks& ticks) {
  if (pending_.empty()) return;
  std::string data = "{\"ticks\":[";
  const auto chosen = ChooseNewest();
  for (const auto stream : chosen) {
    if (data.back() != '[') data += ',';
    data += ticks.Text(streams_[stream].newest);
    data += ",\"count\":" + std::to_string(streams_[stream].unseen) + '}';
    streams_[stream].unseen = 0;
  }
  data += "],\"seen\":" + std::to_string(seen_unshown_) + '}';
  for (const auto stream : pending_) streams_[stream].is_pending = false;
  pending_.clear();
  seen_unshown_ = 0;
  shown_ += chosen.size();
  Send("tick_update", data);
}

}  // namespace feedmux::dashboard
