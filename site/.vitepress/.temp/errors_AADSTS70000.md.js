import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"AADSTS70000","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"errors/AADSTS70000.md","filePath":"errors/AADSTS70000.md"}',
)
const _sfc_main = { name: 'errors/AADSTS70000.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="aadsts70000" tabindex="-1">AADSTS70000 <a class="header-anchor" href="#aadsts70000" aria-label="Permalink to &quot;AADSTS70000&quot;">​</a></h1><h2 id="cause" tabindex="-1">Cause <a class="header-anchor" href="#cause" aria-label="Permalink to &quot;Cause&quot;">​</a></h2><p>The authorization code or the refresh token belongs to another application.</p><h2 id="remedy" tabindex="-1">Remedy <a class="header-anchor" href="#remedy" aria-label="Permalink to &quot;Remedy&quot;">​</a></h2><p>Set the same clientId (IDENTITY_CLIENT_ID) on every instance of the application.</p><h2 id="see-also" tabindex="-1">See also <a class="header-anchor" href="#see-also" aria-label="Permalink to &quot;See also&quot;">​</a></h2><ul><li><a href="/microsoft-errors">Microsoft&#39;s error codes</a>: all codes.</li><li>Microsoft&#39;s description: <a href="https://login.microsoftonline.com/error?code=70000" target="_blank" rel="noreferrer">AADSTS70000</a>.</li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'errors/AADSTS70000.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const AADSTS70000 = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, AADSTS70000 as default }
