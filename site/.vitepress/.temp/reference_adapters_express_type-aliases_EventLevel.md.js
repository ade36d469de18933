import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: EventLevel","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/type-aliases/EventLevel.md","filePath":"reference/adapters/express/type-aliases/EventLevel.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/type-aliases/EventLevel.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / EventLevel</p><h1 id="type-alias-eventlevel" tabindex="-1">Type Alias: EventLevel <a class="header-anchor" href="#type-alias-eventlevel" aria-label="Permalink to &quot;Type Alias: EventLevel&quot;">​</a></h1><blockquote><p><strong>EventLevel</strong> = <code>&quot;error&quot;</code> | <code>&quot;warn&quot;</code> | <code>&quot;info&quot;</code></p></blockquote><p>The severity of an event. It says who must act, not whose request met the problem.</p><ul><li><code>error</code>: the operator. The configuration, the network or the store does not work.</li><li><code>warn</code>: the operator, if it does not stop. The provider failed or something was degraded.</li><li><code>info</code>: not the operator. Either all is well, or a request was wrong.</li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/type-aliases/EventLevel.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const EventLevel = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, EventLevel as default }
