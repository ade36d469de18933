import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"5. PKCS#12 files","description":"","frontmatter":{},"headers":[],"relativePath":"decisions/pkcs12.md","filePath":"decisions/pkcs12.md"}',
)
const _sfc_main = { name: 'decisions/pkcs12.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="5-pkcs12-files" tabindex="-1">5. PKCS#12 files <a class="header-anchor" href="#5-pkcs12-files" aria-label="Permalink to &quot;5. PKCS#12 files&quot;">​</a></h1><h2 id="context" tabindex="-1">Context <a class="header-anchor" href="#context" aria-label="Permalink to &quot;Context&quot;">​</a></h2><p>Applications authenticate to Entra ID with a certificate. Key Vault, Windows and OpenSSL export the certificate and its private key as one PKCS#12 file (PFX). The client needs the key as a <code>CryptoKey</code>, and the thumbprint of the certificate.</p><p>Node.js accepts a PFX for TLS connections. It does not have a function that returns the key and the certificates. The libraries on npm that read PKCS#12 are large, or contain their own implementations of the ciphers.</p><h2 id="decision" tabindex="-1">Decision <a class="header-anchor" href="#decision" aria-label="Permalink to &quot;Decision&quot;">​</a></h2><p>The platform does the cryptography, and our code does the rest. On Node.js:</p><table tabindex="0"><thead><tr><th>task</th><th>done by</th></tr></thead><tbody><tr><td>verify the MAC</td><td><code>createSecureContext</code> of <code>node:tls</code></td></tr><tr><td>decrypt the private key</td><td><code>createPrivateKey</code> of <code>node:crypto</code></td></tr><tr><td>read a certificate: key, expiry</td><td><code>X509Certificate</code> of <code>node:crypto</code></td></tr><tr><td>read the structure of the file, find the key and its certificate</td><td><code>client/credential/pkcs12/pkcs12.ts</code></td></tr><tr><td>decrypt the part that contains the certificates</td><td><code>client/credential/pkcs12/decrypt.ts</code></td></tr><tr><td>derive keys for PKCS#12&#39;s own triple DES (RFC 7292, appendix B)</td><td><code>client/credential/pkcs12/derivation.ts</code></td></tr></tbody></table><p>Node.js has no function for the last three rows. The code for the fifth row uses the ciphers of <code>node:crypto</code>.</p><p>Other runtimes do not read PKCS#12. They accept PEM, and read the few certificate fields that they need with <code>client/credential/der.ts</code>, because WebCrypto cannot read certificates.</p><h2 id="consequences" tabindex="-1">Consequences <a class="header-anchor" href="#consequences" aria-label="Permalink to &quot;Consequences&quot;">​</a></h2><ul><li>The library reads files from current versions of OpenSSL, Windows and Key Vault. They use PBES2 with AES or triple DES, or PKCS#12&#39;s own triple DES. RC2 and BER are not supported. The error message contains the <code>openssl</code> command that converts the file.</li><li>The number of key derivation iterations is not limited. The operator chooses the file, so it is trusted. Node.js verifies the MAC and decrypts the key synchronously. Both happen only when the file is loaded.</li><li>If Node.js adds a function that reads a PFX, remove the folder <code>pkcs12/</code>.</li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'decisions/pkcs12.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const pkcs12 = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, pkcs12 as default }
