import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"examples/nestjs/src","description":"","frontmatter":{"search":false,"outline":false,"prev":false,"next":false},"headers":[],"relativePath":"source/examples/nestjs/src.md","filePath":"source/examples/nestjs/src.md"}',
)
const _sfc_main = { name: 'source/examples/nestjs/src.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="examplesnestjssrc" tabindex="-1">examples/nestjs/src <a class="header-anchor" href="#examplesnestjssrc" aria-label="Permalink to &quot;examples/nestjs/src&quot;">​</a></h1><p>The folder <code>examples/nestjs/src</code> of the repository contains:</p><ul><li><a href="/source/examples/nestjs/src/app.ts.txt">app.ts</a></li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'source/examples/nestjs/src.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const src = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, src as default }
