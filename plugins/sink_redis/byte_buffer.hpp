#pragma once

#include <algorithm>    // max
#include <cstddef>      // size_t
#include <cstring>      // memcpy
#include <memory>       // unique_ptr
#include <string_view>  // string_view

namespace feedmux::redis {

/// Bytes that grow at the end and keep their memory when cleared. Unlike std::string it hands out
/// room without filling it first.
class ByteBuffer {
 public:
  std::size_t size() const { return size_; }
  std::string_view view() const { return {data_.get(), size_}; }
  char* data() { return data_.get(); }
  void Clear() { size_ = 0; }

  /// Room for `bytes` more behind what is there, valid until the next call of Room or Append. What
  /// was written counts once EndAt says where it ends.
  char* Room(std::size_t bytes) {
    if (capacity_ - size_ < bytes) Grow(bytes);
    return data_.get() + size_;
  }
  void EndAt(const char* end) { size_ = static_cast<std::size_t>(end - data_.get()); }

  void Append(std::string_view bytes) {
    char* const out = Room(bytes.size());
    std::memcpy(out, bytes.data(), bytes.size());
    size_ += bytes.size();
  }

 private:
  void Grow(std::size_t bytes) {
    const std::size_t capacity = std::max({2 * capacity_, size_ + bytes, std::size_t{4096}});
    std::unique_ptr<char[]> data{new char[capacity]};
    if (size_ > 0) std::memcpy(data.get(), data_.get(), size_);
    data_ = std::move(data);
    capacity_ = capacity;
  }

  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

/// Copies `text` to `out` and returns its end there.
inline char* Write(char* out, std::string_view text) {
  std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

}  // namespace feedmux::redis
