import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: ClaimsContext","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/index/interfaces/ClaimsContext.md","filePath":"reference/index/interfaces/ClaimsContext.md"}',
)
const _sfc_main = { name: 'reference/index/interfaces/ClaimsContext.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web</a> / ClaimsContext</p><h1 id="interface-claimscontext" tabindex="-1">Interface: ClaimsContext <a class="header-anchor" href="#interface-claimscontext" aria-label="Permalink to &quot;Interface: ClaimsContext&quot;">​</a></h1><p>A context with claims. The context of every guard of <code>Auth</code> and <code>ApiAuth</code> has this type.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="claims" tabindex="-1">claims <a class="header-anchor" href="#claims" aria-label="Permalink to &quot;claims&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>claims</strong>: <code>Readonly</code>&lt;<code>Record</code>&lt;<code>string</code>, <code>unknown</code>&gt;&gt;</p></blockquote><p>The claims of an ID token or of an access token.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/index/interfaces/ClaimsContext.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const ClaimsContext = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, ClaimsContext as default }
