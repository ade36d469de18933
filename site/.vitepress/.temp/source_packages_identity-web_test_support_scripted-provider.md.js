import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"packages/identity-web/test/support/scripted-provider","description":"","frontmatter":{"search":false,"outline":false,"prev":false,"next":false},"headers":[],"relativePath":"source/packages/identity-web/test/support/scripted-provider.md","filePath":"source/packages/identity-web/test/support/scripted-provider.md"}',
)
const _sfc_main = { name: 'source/packages/identity-web/test/support/scripted-provider.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="packagesidentity-webtestsupportscripted-provider" tabindex="-1">packages/identity-web/test/support/scripted-provider <a class="header-anchor" href="#packagesidentity-webtestsupportscripted-provider" aria-label="Permalink to &quot;packages/identity-web/test/support/scripted-provider&quot;">​</a></h1><p>The folder <code>packages/identity-web/test/support/scripted-provider</code> of the repository contains:</p><ul><li><a href="/source/packages/identity-web/test/support/scripted-provider/authorization-endpoint.ts.txt">authorization-endpoint.ts</a></li><li><a href="/source/packages/identity-web/test/support/scripted-provider/keys.ts.txt">keys.ts</a></li><li><a href="/source/packages/identity-web/test/support/scripted-provider/logout-endpoints.ts.txt">logout-endpoints.ts</a></li><li><a href="/source/packages/identity-web/test/support/scripted-provider/pages.ts.txt">pages.ts</a></li><li><a href="/source/packages/identity-web/test/support/scripted-provider/provider.ts.txt">provider.ts</a></li><li><a href="/source/packages/identity-web/test/support/scripted-provider/script.ts.txt">script.ts</a></li><li><a href="/source/packages/identity-web/test/support/scripted-provider/state.ts.txt">state.ts</a></li><li><a href="/source/packages/identity-web/test/support/scripted-provider/token-endpoint.ts.txt">token-endpoint.ts</a></li><li><a href="/source/packages/identity-web/test/support/scripted-provider/tokens.ts.txt">tokens.ts</a></li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'source/packages/identity-web/test/support/scripted-provider.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const scriptedProvider = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, scriptedProvider as default }
