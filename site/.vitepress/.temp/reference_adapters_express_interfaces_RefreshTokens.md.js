import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: RefreshTokens","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/RefreshTokens.md","filePath":"reference/adapters/express/interfaces/RefreshTokens.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/RefreshTokens.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / RefreshTokens</p><h1 id="interface-refreshtokens" tabindex="-1">Interface: RefreshTokens <a class="header-anchor" href="#interface-refreshtokens" aria-label="Permalink to &quot;Interface: RefreshTokens&quot;">​</a></h1><p>The tokens of a session, for <a href="./UserHooks#onrefresh">UserHooks.onRefresh</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="accesstoken" tabindex="-1">accessToken? <a class="header-anchor" href="#accesstoken" aria-label="Permalink to &quot;accessToken?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>accessToken?</strong>: <code>string</code></p></blockquote><p>The newest valid access token of the session. Not set if the session does not have one now.</p><hr><h3 id="idtoken" tabindex="-1">idToken? <a class="header-anchor" href="#idtoken" aria-label="Permalink to &quot;idToken?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>idToken?</strong>: <code>string</code></p></blockquote><p>The verified ID token. Set only if this request received it from the provider.</p><hr><h3 id="refreshtoken" tabindex="-1">refreshToken? <a class="header-anchor" href="#refreshtoken" aria-label="Permalink to &quot;refreshToken?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>refreshToken?</strong>: <code>string</code></p></blockquote><p>The refresh token, if the provider issued one.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/RefreshTokens.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const RefreshTokens = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, RefreshTokens as default }
