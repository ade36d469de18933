import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"store_unavailable","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"errors/store_unavailable.md","filePath":"errors/store_unavailable.md"}',
)
const _sfc_main = { name: 'errors/store_unavailable.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="store_unavailable" tabindex="-1">store_unavailable <a class="header-anchor" href="#store_unavailable" aria-label="Permalink to &quot;store_unavailable&quot;">​</a></h1><h2 id="status" tabindex="-1">Status <a class="header-anchor" href="#status" aria-label="Permalink to &quot;Status&quot;">​</a></h2><p>503</p><h2 id="who-acts" tabindex="-1">Who acts <a class="header-anchor" href="#who-acts" aria-label="Permalink to &quot;Who acts&quot;">​</a></h2><p>the operator</p><h2 id="next-step" tabindex="-1">Next step <a class="header-anchor" href="#next-step" aria-label="Permalink to &quot;Next step&quot;">​</a></h2><p>The session store does not respond. <a href="/sessions#when-the-store-is-down">Your users stay signed in</a>.</p><h2 id="see-also" tabindex="-1">See also <a class="header-anchor" href="#see-also" aria-label="Permalink to &quot;See also&quot;">​</a></h2><ul><li><a href="/errors">Errors</a>: all codes.</li><li><a href="/operate">Run in production</a>: where you find the log, and what its lines contain.</li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'errors/store_unavailable.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const store_unavailable = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, store_unavailable as default }
