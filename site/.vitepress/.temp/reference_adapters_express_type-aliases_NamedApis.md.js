import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: NamedApis","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/type-aliases/NamedApis.md","filePath":"reference/adapters/express/type-aliases/NamedApis.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/type-aliases/NamedApis.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / NamedApis</p><h1 id="type-alias-namedapis" tabindex="-1">Type Alias: NamedApis <a class="header-anchor" href="#type-alias-namedapis" aria-label="Permalink to &quot;Type Alias: NamedApis&quot;">​</a></h1><blockquote><p><strong>NamedApis</strong> = <code>Readonly</code>&lt;<code>Record</code>&lt;<a href="./../../../index/interfaces/Register"><code>Register</code></a> <em>extends</em> <code>object</code> ? <code>Name</code> : <code>string</code>, <a href="./../interfaces/NamedApi"><code>NamedApi</code></a>&gt;&gt;</p></blockquote><p>The APIs of the option <code>apis</code> by name. Declare the names as <code>apis</code> of <code>Register</code>, so that TypeScript knows them.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/type-aliases/NamedApis.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const NamedApis = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, NamedApis as default }
