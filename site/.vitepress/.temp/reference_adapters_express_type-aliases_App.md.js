import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: App","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/type-aliases/App.md","filePath":"reference/adapters/express/type-aliases/App.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/type-aliases/App.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / App</p><h1 id="type-alias-app" tabindex="-1">Type Alias: App <a class="header-anchor" href="#type-alias-app" aria-label="Permalink to &quot;Type Alias: App&quot;">​</a></h1><blockquote><p><strong>App</strong> = <code>Pick</code>&lt;<code>Router</code>, <code>&quot;use&quot;</code>&gt;</p></blockquote><p>An Express application or router.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/type-aliases/App.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const App = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, App as default }
