// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_SUPPORT_TEST_CERTIFICATE_HPP
#define HAFT_TESTS_SUPPORT_TEST_CERTIFICATE_HPP

/// A key and a certificate that it has signed itself, made on the spot by OpenSSL: nothing secret lies in the repository.

#include <memory>
#include <stdexcept>
#include <string>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace haft_test {

struct test_certificate {
    std::string key;          ///< PEM
    std::string certificate;  ///< PEM

    /// For a host, by DNS name or, as `IP:127.0.0.1`, by address. One that has expired ended yesterday.
    static test_certificate make(const std::string& names = "DNS:localhost,IP:127.0.0.1", bool expired = false) {
        const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), EVP_PKEY_free);
        const std::unique_ptr<X509, void (*)(X509*)> cert(X509_new(), X509_free);
        if (!key || !cert) throw std::runtime_error("OpenSSL makes no key");
        X509_set_version(cert.get(), 2);
        ASN1_INTEGER_set(X509_get_serialNumber(cert.get()), 1);
        X509_gmtime_adj(X509_getm_notBefore(cert.get()), -2L * 24 * 3600);
        X509_gmtime_adj(X509_getm_notAfter(cert.get()), (expired ? -1L : 1L) * 24 * 3600);
        X509_set_pubkey(cert.get(), key.get());
        X509_NAME* const name = X509_get_subject_name(cert.get());
        const unsigned char words[] = "haft test";
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, words, -1, -1, 0);
        X509_set_issuer_name(cert.get(), name);
        extend(*cert, NID_basic_constraints, "critical,CA:TRUE");
        extend(*cert, NID_subject_alt_name, names.c_str());
        if (X509_sign(cert.get(), key.get(), EVP_sha256()) == 0) throw std::runtime_error("OpenSSL signs nothing");
        test_certificate out;
        out.key = pem(
            [&](BIO* to) { return PEM_write_bio_PrivateKey(to, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
        out.certificate = pem([&](BIO* to) { return PEM_write_bio_X509(to, cert.get()); });
        return out;
    }

private:
    static void extend(X509& cert, int what, const char* value) {
        const std::unique_ptr<X509_EXTENSION, void (*)(X509_EXTENSION*)> one(
            X509V3_EXT_conf_nid(nullptr, nullptr, what, value), X509_EXTENSION_free);
        if (!one || X509_add_ext(&cert, one.get(), -1) == 0)
            throw std::runtime_error("OpenSSL takes no such extension");
    }
    template <class Write>
    static std::string pem(Write write) {
        const std::unique_ptr<BIO, int (*)(BIO*)> to(BIO_new(BIO_s_mem()), BIO_free);
        if (!to || write(to.get()) == 0) throw std::runtime_error("OpenSSL writes no PEM");
        const char* text = nullptr;
        const long size = BIO_ctrl(to.get(), BIO_CTRL_INFO, 0, &text);
        return {text, static_cast<std::size_t>(size)};
    }
};

}  // namespace haft_test

#endif  // HAFT_TESTS_SUPPORT_TEST_CERTIFICATE_HPP
