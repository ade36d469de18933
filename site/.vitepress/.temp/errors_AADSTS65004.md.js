import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"AADSTS65004","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"errors/AADSTS65004.md","filePath":"errors/AADSTS65004.md"}',
)
const _sfc_main = { name: 'errors/AADSTS65004.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="aadsts65004" tabindex="-1">AADSTS65004 <a class="header-anchor" href="#aadsts65004" aria-label="Permalink to &quot;AADSTS65004&quot;">​</a></h1><h2 id="cause" tabindex="-1">Cause <a class="header-anchor" href="#cause" aria-label="Permalink to &quot;Cause&quot;">​</a></h2><p>The user declined to consent.</p><h2 id="remedy" tabindex="-1">Remedy <a class="header-anchor" href="#remedy" aria-label="Permalink to &quot;Remedy&quot;">​</a></h2><p>The user can try again, or an administrator can consent for all users.</p><h2 id="see-also" tabindex="-1">See also <a class="header-anchor" href="#see-also" aria-label="Permalink to &quot;See also&quot;">​</a></h2><ul><li><a href="/microsoft-errors">Microsoft&#39;s error codes</a>: all codes.</li><li>Microsoft&#39;s description: <a href="https://login.microsoftonline.com/error?code=65004" target="_blank" rel="noreferrer">AADSTS65004</a>.</li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'errors/AADSTS65004.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const AADSTS65004 = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, AADSTS65004 as default }
