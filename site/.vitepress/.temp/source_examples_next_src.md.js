import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"examples/next/src","description":"","frontmatter":{"search":false,"outline":false,"prev":false,"next":false},"headers":[],"relativePath":"source/examples/next/src.md","filePath":"source/examples/next/src.md"}',
)
const _sfc_main = { name: 'source/examples/next/src.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="examplesnextsrc" tabindex="-1">examples/next/src <a class="header-anchor" href="#examplesnextsrc" aria-label="Permalink to &quot;examples/next/src&quot;">​</a></h1><p>The folder <code>examples/next/src</code> of the repository contains:</p><ul><li><a href="/source/examples/next/src/app/%5B...identity%5D/route.ts.txt">app/[...identity]/route.ts</a></li><li><a href="/source/examples/next/src/app/call_api/page.tsx.txt">app/call_api/page.tsx</a></li><li><a href="/source/examples/next/src/app/layout.tsx.txt">app/layout.tsx</a></li><li><a href="/source/examples/next/src/app/next-steps.tsx.txt">app/next-steps.tsx</a></li><li><a href="/source/examples/next/src/app/page.tsx.txt">app/page.tsx</a></li><li><a href="/source/examples/next/src/app/style.ts.txt">app/style.ts</a></li><li><a href="/source/examples/next/src/auth.ts.txt">auth.ts</a></li><li><a href="/source/examples/next/src/proxy.ts.txt">proxy.ts</a></li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'source/examples/next/src.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const src = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, src as default }
