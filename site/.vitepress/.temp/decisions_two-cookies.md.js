import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"2. Two encrypted cookies","description":"","frontmatter":{},"headers":[],"relativePath":"decisions/two-cookies.md","filePath":"decisions/two-cookies.md"}',
)
const _sfc_main = { name: 'decisions/two-cookies.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="2-two-encrypted-cookies" tabindex="-1">2. Two encrypted cookies <a class="header-anchor" href="#2-two-encrypted-cookies" aria-label="Permalink to &quot;2. Two encrypted cookies&quot;">​</a></h1><h2 id="context" tabindex="-1">Context <a class="header-anchor" href="#context" aria-label="Permalink to &quot;Context&quot;">​</a></h2><p>A new application should not need a database to sign users in. So the browser must carry the session. A session contains the user, its expiry times, and tokens. The tokens are large, and only requests that call an API need them. Browsers limit a cookie to 4,096 bytes. Servers and proxies limit all headers of a request, often to 8 kB.</p><h2 id="decision" tabindex="-1">Decision <a class="header-anchor" href="#decision" aria-label="Permalink to &quot;Decision&quot;">​</a></h2><p>The default session strategy writes two encrypted cookies:</p><ul><li>The session cookie contains the user and the times. Every guarded request decrypts it.</li><li>The tokens cookie has the suffix <code><span class="word">-tokens</span></code>. It contains the ID token, the refresh token and access tokens. Only a request that needs a token decrypts it. It also contains the ID of its session, so that the library rejects tokens of another session.</li></ul><p>Values longer than 3,800 characters are split into several cookies. Together, both values are at most 7,500 characters. If they are larger, the library removes access tokens that a refresh can replace. It starts with the token that expires soonest. If that is not enough, the sign-in fails with <code>session_too_large</code>. The error names the largest part and the fix.</p><h2 id="consequences" tabindex="-1">Consequences <a class="header-anchor" href="#consequences" aria-label="Permalink to &quot;Consequences&quot;">​</a></h2><ul><li>An application without a store works on several servers. They share only <code>session.secret</code>.</li><li>Most guarded requests decrypt only the session cookie, which has about 1 kB.</li><li>A copy of the cookies works until the session expires, even after the user signs out. A deny-list or a <a href="/decisions/session-store">store</a> prevents that.</li><li>Servers cannot coordinate a refresh. Two servers can use the same refresh token at the same time. A provider that rotates refresh tokens may reject the second request. <a href="/sessions">Sessions</a> recommends a store for that case.</li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'decisions/two-cookies.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const twoCookies = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, twoCookies as default }
