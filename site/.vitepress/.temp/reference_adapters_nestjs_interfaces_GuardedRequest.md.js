import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: GuardedRequest","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/nestjs/interfaces/GuardedRequest.md","filePath":"reference/adapters/nestjs/interfaces/GuardedRequest.md"}',
)
const _sfc_main = { name: 'reference/adapters/nestjs/interfaces/GuardedRequest.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/nestjs</a> / GuardedRequest</p><h1 id="interface-guardedrequest" tabindex="-1">Interface: GuardedRequest <a class="header-anchor" href="#interface-guardedrequest" aria-label="Permalink to &quot;Interface: GuardedRequest&quot;">​</a></h1><p>The property that the guards set on the platform&#39;s request. If you replace a guard in a test, set the same property.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="identity" tabindex="-1">identity? <a class="header-anchor" href="#identity" aria-label="Permalink to &quot;identity?&quot;">​</a></h3><blockquote><p><code>optional</code> <strong>identity?</strong>: <a href="./../../express/type-aliases/RequestIdentity"><code>RequestIdentity</code></a></p></blockquote><p>The signed-in user, with the token if the route requires scopes, or the caller with an access token. Its <code>kind</code> is <code>&#39;session&#39;</code> or <code>&#39;bearer&#39;</code>. Not set on routes without a guard.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/nestjs/interfaces/GuardedRequest.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const GuardedRequest = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, GuardedRequest as default }
