import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"provider_error","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"errors/provider_error.md","filePath":"errors/provider_error.md"}',
)
const _sfc_main = { name: 'errors/provider_error.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="provider_error" tabindex="-1">provider_error <a class="header-anchor" href="#provider_error" aria-label="Permalink to &quot;provider_error&quot;">​</a></h1><h2 id="status" tabindex="-1">Status <a class="header-anchor" href="#status" aria-label="Permalink to &quot;Status&quot;">​</a></h2><p>502</p><h2 id="who-acts" tabindex="-1">Who acts <a class="header-anchor" href="#who-acts" aria-label="Permalink to &quot;Who acts&quot;">​</a></h2><p>the operator</p><h2 id="next-step" tabindex="-1">Next step <a class="header-anchor" href="#next-step" aria-label="Permalink to &quot;Next step&quot;">​</a></h2><p>The provider rejects your application. Read <code>hint</code>, <code>oauthError</code> and <code>microsoftCodes</code>.</p><h2 id="see-also" tabindex="-1">See also <a class="header-anchor" href="#see-also" aria-label="Permalink to &quot;See also&quot;">​</a></h2><ul><li><a href="/errors">Errors</a>: all codes.</li><li><a href="/operate">Run in production</a>: where you find the log, and what its lines contain.</li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'errors/provider_error.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const provider_error = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, provider_error as default }
