import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: AnyEvent","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/sveltekit/type-aliases/AnyEvent.md","filePath":"reference/adapters/sveltekit/type-aliases/AnyEvent.md"}',
)
const _sfc_main = { name: 'reference/adapters/sveltekit/type-aliases/AnyEvent.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/sveltekit</a> / AnyEvent</p><h1 id="type-alias-anyevent" tabindex="-1">Type Alias: AnyEvent <a class="header-anchor" href="#type-alias-anyevent" aria-label="Permalink to &quot;Type Alias: AnyEvent&quot;">​</a></h1><blockquote><p><strong>AnyEvent</strong> = <code>RequestEvent</code>&lt;<code>any</code>, <code>any</code>&gt;</p></blockquote><p>The event of a load function, a form action or an endpoint, with any parameters.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/sveltekit/type-aliases/AnyEvent.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const AnyEvent = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, AnyEvent as default }
