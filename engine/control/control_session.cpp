#include "control/control_session.hpp"

#include <fmt/format.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include "control/peer.hpp"

namespace feedmux {

namespace asio = boost::asio;
using Error = boost::system::error_code;

void ControlSession::Start() {
  sessions_.open.insert(shared_from_this());
  who_ = NameOf(PeerOf(socket_.native_handle()));
  if (sessions_.open.size() > sessions_.limits.clients) {
    return Refuse(reply_code::kBusy, fmt::format("{} clients are connected already, which is all "
                                                 "that an engine takes",
                                                 sessions_.limits.clients));
  }
  ReadRequest();
}

void ControlSession::Close() {
  if (closed_) return;
  closed_ = true;
  if (tap_) {
    tap_.reset();
    --sessions_.taps;
  }
  deadline_.cancel();
  tap_timer_.cancel();
  Error ignored;
  socket_.close(ignored);
  sessions_.open.erase(shared_from_this());
}

void ControlSession::Refuse(const char* code, const std::string& error) {
  close_after_reply_ = true;
  Reply(ErrorLine(code, error));
}

void ControlSession::ReadRequest() {
  if (closed_) return;
  CloseAfter(sessions_.limits.idle);
  asio::async_read_until(socket_, asio::dynamic_buffer(input_, sessions_.limits.request_bytes),
                         '\n', [self = shared_from_this()](Error error, std::size_t size) {
                           if (error == asio::error::not_found) {
                             return self->Refuse(reply_code::kBadRequest,
                                                 fmt::format("a request has at most {} bytes",
                                                             self->sessions_.limits.request_bytes));
                           }
                           if (error) return self->Close();
                           self->CloseNever();
                           const std::string line = self->input_.substr(0, size - 1);
                           self->input_.erase(0, size);
                           try {
                             self->Handle(ParseRequest(line));
                           } catch (const BadRequest& bad) {
                             self->Reply(ErrorLine(reply_code::kBadRequest, bad.what()));
                           }
                         });
}

void ControlSession::Handle(const Request& request) {
  if (IsTap(request)) return StartTap(ParseTap(request));
  if (MayBlock(request)) return HandleElsewhere(request);
  Reply(Answer(request, who_, sessions_.services));
}

void ControlSession::HandleElsewhere(const Request& request) {
  asio::post(sessions_.slow_io, [self = shared_from_this(), request]() mutable {
    std::string answer = Answer(request, self->who_, self->sessions_.services);
    asio::io_context& io = self->sessions_.io;
    asio::post(io, [self = std::move(self), answer = std::move(answer)]() mutable {
      self->Reply(std::move(answer));
    });
  });
}

void ControlSession::Reply(std::string text) {
  if (closed_) return;
  output_ = std::move(text);
  CloseAfter(sessions_.limits.slow_reader);
  asio::async_write(socket_, asio::buffer(output_),
                    [self = shared_from_this()](Error error, std::size_t) {
                      if (error || self->close_after_reply_) return self->Close();
                      if (self->tap_) return self->PumpTap();
                      self->ReadRequest();
                    });
}

void ControlSession::StartTap(const TapRequest& request) {
  if (sessions_.taps == sessions_.limits.taps) {
    return Refuse(reply_code::kBusy, fmt::format("{} taps are open already, which is all that an "
                                                 "engine takes",
                                                 sessions_.limits.taps));
  }
  tap_.emplace(request, sessions_.services);
  ++sessions_.taps;
  WatchForClosing();
  Reply(ResultLine(nullptr));
}

void ControlSession::WatchForClosing() {
  // A client has nothing more to say: whatever comes is the end.
  socket_.async_read_some(asio::buffer(&ignored_, 1),
                          [self = shared_from_this()](Error, std::size_t) { self->Close(); });
}

void ControlSession::PumpTap() {
  if (closed_) return;
  output_.clear();
  tap_->AppendNews(output_);
  CloseNever();
  if (output_.empty()) return WaitForNews();
  CloseAfter(sessions_.limits.stuck_tap);
  asio::async_write(socket_, asio::buffer(output_),
                    [self = shared_from_this()](Error error, std::size_t) {
                      if (error) return self->Close();
                      self->WaitForNews();
                    });
}

void ControlSession::WaitForNews() {
  if (closed_) return;
  tap_timer_.expires_after(sessions_.limits.tap_interval);
  tap_timer_.async_wait([self = shared_from_this()](Error error) {
    if (!error) self->PumpTap();
  });
}

void ControlSession::CloseAfter(std::chrono::milliseconds time) {
  deadline_.expires_after(time);
  deadline_.async_wait([self = shared_from_this()](Error error) {
    // Set anew while this call was on its way: then there is another one to come.
    if (error || self->deadline_.expiry() > asio::steady_timer::clock_type::now()) return;
    self->Close();
  });
}

}  // namespace feedmux
