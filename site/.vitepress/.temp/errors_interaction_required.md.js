import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"interaction_required","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"errors/interaction_required.md","filePath":"errors/interaction_required.md"}',
)
const _sfc_main = { name: 'errors/interaction_required.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="interaction_required" tabindex="-1">interaction_required <a class="header-anchor" href="#interaction_required" aria-label="Permalink to &quot;interaction_required&quot;">​</a></h1><h2 id="status" tabindex="-1">Status <a class="header-anchor" href="#status" aria-label="Permalink to &quot;Status&quot;">​</a></h2><p>401</p><h2 id="who-acts" tabindex="-1">Who acts <a class="header-anchor" href="#who-acts" aria-label="Permalink to &quot;Who acts&quot;">​</a></h2><p>the user</p><h2 id="next-step" tabindex="-1">Next step <a class="header-anchor" href="#next-step" aria-label="Permalink to &quot;Next step&quot;">​</a></h2><p>Consent, or take another step at the provider. <a href="/consent-and-conditional-access">Guards do this for you</a>.</p><h2 id="as-an-error-of-an-api" tabindex="-1">As an error of an API <a class="header-anchor" href="#as-an-error-of-an-api" aria-label="Permalink to &quot;As an error of an API&quot;">​</a></h2><ul><li>Status: 401</li><li>Meaning: The user must sign in again.</li></ul><h2 id="see-also" tabindex="-1">See also <a class="header-anchor" href="#see-also" aria-label="Permalink to &quot;See also&quot;">​</a></h2><ul><li><a href="/errors">Errors</a>: all codes.</li><li><a href="/operate">Run in production</a>: where you find the log, and what its lines contain.</li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'errors/interaction_required.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const interaction_required = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, interaction_required as default }
