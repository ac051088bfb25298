#pragma once

#include <cstdint>  // uint16_t
#include <memory>   // unique_ptr
#include <string>   // string

#include "contract_host.hpp"
#include "contract_test.hpp"
#include "peer.hpp"

namespace feedmux::contract {

/// Which of the given options a plugin gets.
enum class Given { All, RequiredOnly };

/// The plugin's options: the table's defaults, the given ones on top, {port} replaced. Fails the
/// test where they do not fit the table.
Options MakeOptions(const Subject& subject, std::uint16_t port, Given given = Given::All);

/// Why the given options cannot be used, or an empty string.
std::string OptionsProblem(const Subject& subject);

/// Whether an option has {port} in it, so that the suite can play the plugin's peer.
bool HasPort(const Subject& subject);

/// An instance of the plugin; the pointer of its kind is set.
struct Instance {
  std::unique_ptr<Source> source;
  std::unique_ptr<Sink> sink;
  std::unique_ptr<UniverseResolver> universe;
};

/// Calls the plugin's maker; fails the test if it gives nothing.
Instance Make(const PluginDescriptor& descriptor, Host& host, const Options& options);

/// The same for options that the plugin must accept: an OptionError fails the test too.
Instance MakeOrFail(const Subject& subject, Host& host, const Options& options);

/// One instance with its host and its peer.
class Session {
 public:
  /// Skips the test if the manner of the peer matters and no option has {port}.
  explicit Session(const Subject& subject);
  Session(const Subject& subject, Peer::Manner manner);

  /// Fails the test if the value of a secret option, or the password of a secret URL, is in the
  /// log.
  ~Session();

  ContractHost& host() { return host_; }
  const Peer& peer() const { return peer_; }
  Source& source() { return *instance_.source; }
  Sink& sink() { return *instance_.sink; }
  UniverseResolver& universe() { return *instance_.universe; }

  /// Fails the test if one is in the text.
  void RequireNoSecret(const std::string& text) const;

 private:
  const Subject& subject_;
  Peer peer_;
  ContractHost host_;
  Instance instance_;  // destroyed before the host that it refers to
};

}  // namespace feedmux::contract
