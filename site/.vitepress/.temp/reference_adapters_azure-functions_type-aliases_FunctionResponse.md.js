import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: FunctionResponse","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/azure-functions/type-aliases/FunctionResponse.md","filePath":"reference/adapters/azure-functions/type-aliases/FunctionResponse.md"}',
)
const _sfc_main = { name: 'reference/adapters/azure-functions/type-aliases/FunctionResponse.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/azure-functions</a> / FunctionResponse</p><h1 id="type-alias-functionresponse" tabindex="-1">Type Alias: FunctionResponse <a class="header-anchor" href="#type-alias-functionresponse" aria-label="Permalink to &quot;Type Alias: FunctionResponse&quot;">​</a></h1><blockquote><p><strong>FunctionResponse</strong> = <code>HttpResponseInit</code> | <code>HttpResponse</code> | <code>Response</code></p></blockquote><p>A response of a function: an object with properties such as <code>jsonBody</code>, the class <code>HttpResponse</code>, or a <code>Response</code>.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/azure-functions/type-aliases/FunctionResponse.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const FunctionResponse = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, FunctionResponse as default }
