import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: ApiDefinitions","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/type-aliases/ApiDefinitions.md","filePath":"reference/adapters/express/type-aliases/ApiDefinitions.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/type-aliases/ApiDefinitions.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / ApiDefinitions</p><h1 id="type-alias-apidefinitions" tabindex="-1">Type Alias: ApiDefinitions <a class="header-anchor" href="#type-alias-apidefinitions" aria-label="Permalink to &quot;Type Alias: ApiDefinitions&quot;">​</a></h1><blockquote><p><strong>ApiDefinitions</strong> = <code>Readonly</code>&lt;<code>Record</code>&lt;<code>string</code>, <a href="./../interfaces/ApiDefinition"><code>ApiDefinition</code></a>&gt;&gt;</p></blockquote><p>The APIs of an application by name.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/type-aliases/ApiDefinitions.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const ApiDefinitions = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, ApiDefinitions as default }
