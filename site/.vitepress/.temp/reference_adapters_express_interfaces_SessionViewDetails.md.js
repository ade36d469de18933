import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: SessionViewDetails","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/SessionViewDetails.md","filePath":"reference/adapters/express/interfaces/SessionViewDetails.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/SessionViewDetails.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / SessionViewDetails</p><h1 id="interface-sessionviewdetails" tabindex="-1">Interface: SessionViewDetails <a class="header-anchor" href="#interface-sessionviewdetails" aria-label="Permalink to &quot;Interface: SessionViewDetails&quot;">​</a></h1><p>The second argument of <code>sessionView</code>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="claims" tabindex="-1">claims <a class="header-anchor" href="#claims" aria-label="Permalink to &quot;claims&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>claims</strong>: <a href="./Claims"><code>Claims</code></a></p></blockquote><p>The claims of the newest ID token.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/SessionViewDetails.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const SessionViewDetails = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, SessionViewDetails as default }
