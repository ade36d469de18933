import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"identity-web/languages/de","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/languages/de/index.md","filePath":"reference/languages/de/index.md"}',
)
const _sfc_main = { name: 'reference/languages/de/index.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / identity-web/languages/de</p><h1 id="identity-weblanguagesde" tabindex="-1">identity-web/languages/de <a class="header-anchor" href="#identity-weblanguagesde" aria-label="Permalink to &quot;identity-web/languages/de&quot;">​</a></h1><h2 id="variables" tabindex="-1">Variables <a class="header-anchor" href="#variables" aria-label="Permalink to &quot;Variables&quot;">​</a></h2><ul><li><a href="./variables/german">german</a></li></ul><h2 id="references" tabindex="-1">References <a class="header-anchor" href="#references" aria-label="Permalink to &quot;References&quot;">​</a></h2><h3 id="language" tabindex="-1">Language <a class="header-anchor" href="#language" aria-label="Permalink to &quot;Language&quot;">​</a></h3><p>Re-exports <a href="./../../adapters/express/interfaces/Language">Language</a></p><hr><h3 id="pagetexts" tabindex="-1">PageTexts <a class="header-anchor" href="#pagetexts" aria-label="Permalink to &quot;PageTexts&quot;">​</a></h3><p>Re-exports <a href="./../../adapters/express/interfaces/PageTexts">PageTexts</a></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/languages/de/index.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const index = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, index as default }
