import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: Variables","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/astro/type-aliases/Variables.md","filePath":"reference/adapters/astro/type-aliases/Variables.md"}',
)
const _sfc_main = { name: 'reference/adapters/astro/type-aliases/Variables.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/astro</a> / Variables</p><h1 id="type-alias-variables" tabindex="-1">Type Alias: Variables <a class="header-anchor" href="#type-alias-variables" aria-label="Permalink to &quot;Type Alias: Variables&quot;">​</a></h1><blockquote><p><strong>Variables</strong> = <code>object</code> | ((<code>name</code>) =&gt; <code>string</code> | <code>undefined</code>)</p></blockquote><p>The environment variables as an object, or as a function that returns a variable, such as <code>getSecret</code> of <code>astro:env/server</code>.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/astro/type-aliases/Variables.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const Variables = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, Variables as default }
