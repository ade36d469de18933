import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: LanguageTag","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/type-aliases/LanguageTag.md","filePath":"reference/adapters/express/type-aliases/LanguageTag.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/type-aliases/LanguageTag.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / LanguageTag</p><h1 id="type-alias-languagetag" tabindex="-1">Type Alias: LanguageTag <a class="header-anchor" href="#type-alias-languagetag" aria-label="Permalink to &quot;Type Alias: LanguageTag&quot;">​</a></h1><blockquote><p><strong>LanguageTag</strong> = <code>&quot;de&quot;</code> | <code>&quot;en&quot;</code> | <code>&quot;es&quot;</code> | <code>&quot;fr&quot;</code> | <code>&quot;it&quot;</code> | <code>&quot;ja&quot;</code> | <code>&quot;nl&quot;</code> | <code>&quot;pl&quot;</code> | <code>&quot;pt&quot;</code> | <code><span class="word">&quot;zh-Hans&quot;</span></code></p></blockquote><p>The tags of the languages that the library contains.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/type-aliases/LanguageTag.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const LanguageTag = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, LanguageTag as default }
