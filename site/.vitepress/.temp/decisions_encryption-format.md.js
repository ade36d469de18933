import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"3. A cookie encryption format","description":"","frontmatter":{},"headers":[],"relativePath":"decisions/encryption-format.md","filePath":"decisions/encryption-format.md"}',
)
const _sfc_main = { name: 'decisions/encryption-format.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="3-a-cookie-encryption-format" tabindex="-1">3. A cookie encryption format <a class="header-anchor" href="#3-a-cookie-encryption-format" aria-label="Permalink to &quot;3. A cookie encryption format&quot;">​</a></h1><h2 id="context" tabindex="-1">Context <a class="header-anchor" href="#context" aria-label="Permalink to &quot;Context&quot;">​</a></h2><p>Session cookies, the state of a sign-in and stored sessions must be encrypted and authenticated. Two formats were available: JWE (<code>jose</code>), and the format of <code><span class="word">iron-session</span></code>. Both use asynchronous functions, so every guarded request creates promises and waits for another thread. For a few kilobytes, the synchronous cipher of Node.js is about five times as fast as WebCrypto.</p><p>A value must also be valid for one purpose only. Another library did not check this: it accepted values with another purpose as sessions (CVE-2023-48309).</p><h2 id="decision" tabindex="-1">Decision <a class="header-anchor" href="#decision" aria-label="Permalink to &quot;Decision&quot;">​</a></h2><p>The format in <code>encryption/</code> uses standard algorithms. It has no options:</p><ol><li>One byte contains the version, <code>1</code>. It is authenticated as additional data.</li><li>Twelve random bytes contain the initialization vector.</li><li>The ciphertext and the 16-byte tag of AES-256-GCM follow.</li><li>The result is encoded as base64url.</li></ol><p>HKDF-SHA-256 (RFC 5869) derives the key from the secret. Its <code>info</code> contains the purpose, the client and provider, the cookie name, and the origin of the application. For sessions with <code>session.cookie.domain</code>, it contains the domain instead of the origin. So a value of one purpose or application cannot be decrypted for another.</p><p>Only the canonical spelling of base64url is read: without padding, without other characters and without unused bits.</p><p>Several secrets are allowed: the first one encrypts, and all of them decrypt.</p><p><code><span class="word">aes-node.ts</span></code> uses <code>node:crypto</code>. <code><span class="word">aes-web.ts</span></code> uses WebCrypto on other runtimes. Both produce the same bytes. The import <code>#aes</code> selects the file for the runtime (see <code>imports</code> in package.json).</p><h2 id="consequences" tabindex="-1">Consequences <a class="header-anchor" href="#consequences" aria-label="Permalink to &quot;Consequences&quot;">​</a></h2><ul><li>On Node.js, a guarded request decrypts its session without a promise.</li><li>The algorithm cannot be changed by a header, because the value does not contain one.</li><li>A new algorithm needs a new version byte, and code that reads both versions for one session lifetime.</li><li>We maintain a small amount of cryptographic code. Tests change single bits, truncate values, and exchange values between cookies, clients and applications.</li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'decisions/encryption-format.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const encryptionFormat = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, encryptionFormat as default }
