import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"AADSTS90002","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"errors/AADSTS90002.md","filePath":"errors/AADSTS90002.md"}',
)
const _sfc_main = { name: 'errors/AADSTS90002.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="aadsts90002" tabindex="-1">AADSTS90002 <a class="header-anchor" href="#aadsts90002" aria-label="Permalink to &quot;AADSTS90002&quot;">​</a></h1><h2 id="cause" tabindex="-1">Cause <a class="header-anchor" href="#cause" aria-label="Permalink to &quot;Cause&quot;">​</a></h2><p>The tenant does not exist in this cloud.</p><h2 id="remedy" tabindex="-1">Remedy <a class="header-anchor" href="#remedy" aria-label="Permalink to &quot;Remedy&quot;">​</a></h2><p>Check the tenant and the host in authority (IDENTITY_AUTHORITY).</p><h2 id="see-also" tabindex="-1">See also <a class="header-anchor" href="#see-also" aria-label="Permalink to &quot;See also&quot;">​</a></h2><ul><li><a href="/microsoft-errors">Microsoft&#39;s error codes</a>: all codes.</li><li>Microsoft&#39;s description: <a href="https://login.microsoftonline.com/error?code=90002" target="_blank" rel="noreferrer">AADSTS90002</a>.</li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'errors/AADSTS90002.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const AADSTS90002 = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, AADSTS90002 as default }
