// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HTTP_EXPECT_HOST_HPP
#define HAFT_HTTP_EXPECT_HOST_HPP

/// Whom a client of TLS wants to talk to, and that nobody else will do.

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/verify_mode.hpp>
#include <boost/system/error_code.hpp>

#include <string>

#include <openssl/ssl.h>

namespace haft::inline v0::detail {

/// Before the handshake of an asio::ssl::stream: names the host (SNI), and wants a certificate that is trusted and is for it.
template <class TlsStream>
void expect_host(TlsStream& stream, std::string host) {
    boost::system::error_code no_address;
    boost::asio::ip::make_address(host, no_address);
    if (no_address)  // SNI is for names only (RFC 6066)
        SSL_ctrl(stream.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, host.data());
    stream.set_verify_mode(boost::asio::ssl::verify_peer);
    stream.set_verify_callback(boost::asio::ssl::host_name_verification(host));
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_HTTP_EXPECT_HOST_HPP
