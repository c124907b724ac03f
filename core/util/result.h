#pragma once
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace gw {

/// What went wrong, for a program (`code`) and for a person (the rest).
struct Error {
    enum class Code { bad_spec, bad_data, io, out_of_memory, diverged, helper_lost, cancelled, internal };
    Code code = Code::internal;
    std::string message;             ///< one sentence: what happened; no trailing period
    std::string hint;                ///< what to change; empty if nothing can be done
    std::vector<std::string> where;  ///< innermost first: "row 12", "file a.jsonl", "dataset text_files"

    /// Adds an outer frame to `where`.
    Error at(std::string place) && {
        where.push_back(std::move(place));
        return std::move(*this);
    }
};

/// All of an error as text for a terminal or a log: message, places, hint, one a line.
std::string to_text(const Error& error);

/// Carries an Error through code that cannot go on; caught once, where a run or a command ends.
class Failure : public std::runtime_error {
  public:
    explicit Failure(Error error) : std::runtime_error(error.message), error_(std::move(error)) {}
    const Error& error() const { return error_; }

  private:
    Error error_;
};

/// A value, or the reason why there is none.
template <class T>
class [[nodiscard]] Result {
  public:
    Result(T value) : v_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : v_(std::in_place_index<1>, std::move(error)) {}
    explicit operator bool() const { return v_.index() == 0; }
    T& value() & { return std::get<0>(v_); }
    const T& value() const& { return std::get<0>(v_); }
    T value() && { return std::get<0>(std::move(v_)); }  ///< by value: a loop over a temporary result must not dangle
    const Error& error() const { return std::get<1>(v_); }
    Result&& at(std::string place) && {
        if (!*this) std::get<1>(v_).where.push_back(std::move(place));
        return std::move(*this);
    }
    /// The value, or a thrown Failure.
    T or_throw() && {
        if (!*this) throw Failure(std::get<1>(std::move(v_)));
        return std::get<0>(std::move(v_));
    }

  private:
    std::variant<T, Error> v_;
};

/// Success, or the reason why not.
template <>
class [[nodiscard]] Result<void> {
  public:
    Result() = default;
    Result(Error error) : failed_(true), error_(std::move(error)) {}
    explicit operator bool() const { return !failed_; }
    const Error& error() const { return error_; }
    Result&& at(std::string place) && {
        if (failed_) error_.where.push_back(std::move(place));
        return std::move(*this);
    }
    void or_throw() && {
        if (failed_) throw Failure(std::move(error_));
    }

  private:
    bool failed_ = false;
    Error error_;
};

using Status = Result<void>;

}  // namespace gw
