import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"consent_required","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"errors/consent_required.md","filePath":"errors/consent_required.md"}',
)
const _sfc_main = { name: 'errors/consent_required.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="consent_required" tabindex="-1">consent_required <a class="header-anchor" href="#consent_required" aria-label="Permalink to &quot;consent_required&quot;">​</a></h1><h2 id="status" tabindex="-1">Status <a class="header-anchor" href="#status" aria-label="Permalink to &quot;Status&quot;">​</a></h2><p>401</p><h2 id="meaning" tabindex="-1">Meaning <a class="header-anchor" href="#meaning" aria-label="Permalink to &quot;Meaning&quot;">​</a></h2><p>The consent to a permission at another API is missing.</p><h2 id="see-also" tabindex="-1">See also <a class="header-anchor" href="#see-also" aria-label="Permalink to &quot;See also&quot;">​</a></h2><ul><li><a href="/errors">Errors</a>: all codes.</li><li><a href="/operate">Run in production</a>: where you find the log, and what its lines contain.</li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'errors/consent_required.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const consent_required = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, consent_required as default }
