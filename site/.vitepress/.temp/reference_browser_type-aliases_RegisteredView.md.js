import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: RegisteredView","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/browser/type-aliases/RegisteredView.md","filePath":"reference/browser/type-aliases/RegisteredView.md"}',
)
const _sfc_main = { name: 'reference/browser/type-aliases/RegisteredView.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web/browser</a> / RegisteredView</p><h1 id="type-alias-registeredview" tabindex="-1">Type Alias: RegisteredView <a class="header-anchor" href="#type-alias-registeredview" aria-label="Permalink to &quot;Type Alias: RegisteredView&quot;">​</a></h1><blockquote><p><strong>RegisteredView</strong> = <a href="./../interfaces/Register"><code>Register</code></a> <em>extends</em> <code>object</code> ? <code>View</code> : <code>unknown</code></p></blockquote><p>The return type of the session view that your application declares in <a href="./../interfaces/Register">Register</a>, or else <code>unknown</code>.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/browser/type-aliases/RegisteredView.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const RegisteredView = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, RegisteredView as default }
