import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: LoginDetails","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/LoginDetails.md","filePath":"reference/adapters/express/interfaces/LoginDetails.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/LoginDetails.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / LoginDetails</p><h1 id="interface-logindetails" tabindex="-1">Interface: LoginDetails <a class="header-anchor" href="#interface-logindetails" aria-label="Permalink to &quot;Interface: LoginDetails&quot;">​</a></h1><p>The second argument of <a href="./UserHooks#onlogin">UserHooks.onLogin</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="request" tabindex="-1">request <a class="header-anchor" href="#request" aria-label="Permalink to &quot;request&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>request</strong>: <a href="./HttpRequest"><code>HttpRequest</code></a></p></blockquote><p>The request that completes the sign-in.</p><hr><h3 id="tokens" tabindex="-1">tokens <a class="header-anchor" href="#tokens" aria-label="Permalink to &quot;tokens&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>tokens</strong>: <a href="./LoginTokens"><code>LoginTokens</code></a></p></blockquote><p>The tokens of the sign-in.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/LoginDetails.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const LoginDetails = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, LoginDetails as default }
