#include "manager/simulation/vendor.hpp"

#include <utility>

namespace feedmux::simulation {

void Vendor::Open(ConnectionIndex connection, Step now) {
  Session session;
  session.opened = now;
  session.delay = static_cast<Step>(Below(4));
  session.behind = static_cast<Step>(Below(4));
  session.heard = emitted_.size();
  while (session.heard > 0 && emitted_[session.heard - 1].emitted + session.behind > now) {
    --session.heard;
  }
  const Step answered = now + 1 + static_cast<Step>(Below(now < slow_until_ ? 30 : 6));
  if (now < refuse_until_) {
    session.pipe.push_back({Item::What::End, answered, {}, {}, FeedErrorKind::Auth, "refused"});
    session.over = true;
  } else if (Below(8) == 0) {
    session.pipe.push_back({Item::What::End, answered, {}, {}, FeedErrorKind::Network, "no route"});
    session.over = true;
  } else {
    session.pipe.push_back({Item::What::Connected, answered, {}, {}, {}, {}});
    session.accepted = true;
  }
  sessions_[connection] = std::move(session);
  Evict(now);
}

/// The oldest goes where there are too many, whoever came last.
void Vendor::Evict(Step now) {
  std::size_t open = 0;
  Session* oldest = nullptr;
  for (auto& [index, session] : sessions_) {
    if (session.over || !session.accepted) continue;
    ++open;
    if (!oldest || session.opened < oldest->opened) oldest = &session;
  }
  if (open <= limit_) return;
  oldest->over = true;
  oldest->pipe.push_back(
      {Item::What::End, now + 2 + oldest->delay, {}, {}, FeedErrorKind::Evicted, "too many"});
}

void Vendor::Subscribe(ConnectionIndex connection, const std::vector<std::string>& tickers,
                       Step now) {
  const auto found = sessions_.find(connection);
  if (found == sessions_.end()) return;
  const Step at = now + 1 + static_cast<Step>(Below(now < slow_until_ ? 40 : 4));
  auto& requests = found->second.requests;
  requests.push_back(
      {requests.empty() ? at : std::max(at, requests.back().first), {true, tickers}});
}

void Vendor::Unsubscribe(ConnectionIndex connection, const std::vector<std::string>& tickers,
                         Step now) {
  const auto found = sessions_.find(connection);
  if (found == sessions_.end()) return;
  auto& requests = found->second.requests;
  requests.push_back(
      {requests.empty() ? now + 1 : std::max(now + 1, requests.back().first), {false, tickers}});
}

void Vendor::Answer(Session& session, Step now) {
  while (!session.requests.empty() && session.requests.front().first <= now) {
    const auto [subscribe, tickers] = session.requests.front().second;
    session.requests.pop_front();
    for (const std::string& ticker : tickers) {
      subscribe ? (void)session.subscribed.insert(ticker) : (void)session.subscribed.erase(ticker);
    }
    if (subscribe && !session.silent) {
      session.pipe.push_back({Item::What::Ack, now + session.delay, tickers, {}, {}, {}});
    }
  }
}

void Vendor::Trade(Step now) {
  for (auto& [index, session] : sessions_) {
    if (!session.over) Answer(session, now);
  }
  for (auto& [ticker, sequence] : sequence_) {
    for (std::size_t trades = Below(4); trades > 0; --trades) {
      emitted_.push_back({ticker, ++sequence, now});
    }
  }
  for (auto& [index, session] : sessions_) FanOut(session, now);
}

/// An event goes to who is subscribed when the session's server hears of it.
void Vendor::FanOut(Session& session, Step now) {
  for (; session.heard < emitted_.size(); ++session.heard) {
    const Event& event = emitted_[session.heard];
    if (event.emitted + session.behind > now) return;
    if (session.over || session.silent || session.subscribed.count(event.ticker) == 0) continue;
    session.pipe.push_back({Item::What::Event, now + session.delay, {}, event, {}, {}});
  }
}

std::vector<Item> Vendor::Arrived(ConnectionIndex connection, Step now) {
  std::vector<Item> items;
  const auto found = sessions_.find(connection);
  if (found == sessions_.end()) return items;
  std::deque<Item>& pipe = found->second.pipe;
  while (!pipe.empty() && pipe.front().arrives <= now) {
    items.push_back(std::move(pipe.front()));
    pipe.pop_front();
  }
  return items;
}

void Vendor::Drop(ConnectionIndex connection, Step now) {
  const auto found = sessions_.find(connection);
  if (found == sessions_.end() || found->second.over) return;
  found->second.over = true;
  found->second.pipe.clear();  // what was under way is lost
  found->second.pipe.push_back({Item::What::End, now, {}, {}, FeedErrorKind::Network, "reset"});
}

void Vendor::Silence(ConnectionIndex connection) {
  const auto found = sessions_.find(connection);
  if (found == sessions_.end()) return;
  found->second.silent = true;
  std::erase_if(found->second.pipe,
                [](const Item& item) { return item.what == Item::What::Event; });
}

void Vendor::EndSilence(Step now) {
  for (const auto& [connection, session] : sessions_) {
    if (session.silent) Drop(connection, now);
  }
}

bool Vendor::IsSubscribed(ConnectionIndex connection, const std::string& ticker) const {
  const auto found = sessions_.find(connection);
  return found != sessions_.end() && !found->second.over &&
         found->second.subscribed.count(ticker) != 0;
}

}  // namespace feedmux::simulation
