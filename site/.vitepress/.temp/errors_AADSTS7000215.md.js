import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"AADSTS7000215","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"errors/AADSTS7000215.md","filePath":"errors/AADSTS7000215.md"}',
)
const _sfc_main = { name: 'errors/AADSTS7000215.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="aadsts7000215" tabindex="-1">AADSTS7000215 <a class="header-anchor" href="#aadsts7000215" aria-label="Permalink to &quot;AADSTS7000215&quot;">​</a></h1><h2 id="cause" tabindex="-1">Cause <a class="header-anchor" href="#cause" aria-label="Permalink to &quot;Cause&quot;">​</a></h2><p>The client secret is wrong.</p><h2 id="remedy" tabindex="-1">Remedy <a class="header-anchor" href="#remedy" aria-label="Permalink to &quot;Remedy&quot;">​</a></h2><p>Open Certificates &amp; secrets in the app registration, and set clientCredential (IDENTITY_CLIENT_SECRET) to the value of the secret, not to its ID.</p><h2 id="see-also" tabindex="-1">See also <a class="header-anchor" href="#see-also" aria-label="Permalink to &quot;See also&quot;">​</a></h2><ul><li><a href="/microsoft-errors">Microsoft&#39;s error codes</a>: all codes.</li><li>Microsoft&#39;s description: <a href="https://login.microsoftonline.com/error?code=7000215" target="_blank" rel="noreferrer">AADSTS7000215</a>.</li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'errors/AADSTS7000215.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const AADSTS7000215 = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, AADSTS7000215 as default }
