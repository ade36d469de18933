import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: SessionObjectState","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/stores/durable-object/interfaces/SessionObjectState.md","filePath":"reference/stores/durable-object/interfaces/SessionObjectState.md"}',
)
const _sfc_main = { name: 'reference/stores/durable-object/interfaces/SessionObjectState.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/durable-object</a> / SessionObjectState</p><h1 id="interface-sessionobjectstate" tabindex="-1">Interface: SessionObjectState <a class="header-anchor" href="#interface-sessionobjectstate" aria-label="Permalink to &quot;Interface: SessionObjectState&quot;">​</a></h1><p>The part of <code>DurableObjectState</code> that <a href="./../classes/IdentitySessions">IdentitySessions</a> uses.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="storage" tabindex="-1">storage <a class="header-anchor" href="#storage" aria-label="Permalink to &quot;storage&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>storage</strong>: <a href="./SessionObjectStorage"><code>SessionObjectStorage</code></a></p></blockquote><p>The storage of the object.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/stores/durable-object/interfaces/SessionObjectState.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const SessionObjectState = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, SessionObjectState as default }
