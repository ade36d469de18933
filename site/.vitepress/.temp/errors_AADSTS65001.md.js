import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"AADSTS65001","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"errors/AADSTS65001.md","filePath":"errors/AADSTS65001.md"}',
)
const _sfc_main = { name: 'errors/AADSTS65001.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="aadsts65001" tabindex="-1">AADSTS65001 <a class="header-anchor" href="#aadsts65001" aria-label="Permalink to &quot;AADSTS65001&quot;">​</a></h1><h2 id="cause" tabindex="-1">Cause <a class="header-anchor" href="#cause" aria-label="Permalink to &quot;Cause&quot;">​</a></h2><p>The user or an administrator has not consented to these permissions.</p><h2 id="remedy" tabindex="-1">Remedy <a class="header-anchor" href="#remedy" aria-label="Permalink to &quot;Remedy&quot;">​</a></h2><p>Set the scopes on the route or in scopes (IDENTITY_SCOPE), so that the user is asked for consent. Otherwise, grant admin consent under API permissions in the app registration.</p><h2 id="see-also" tabindex="-1">See also <a class="header-anchor" href="#see-also" aria-label="Permalink to &quot;See also&quot;">​</a></h2><ul><li><a href="/microsoft-errors">Microsoft&#39;s error codes</a>: all codes.</li><li>Microsoft&#39;s description: <a href="https://login.microsoftonline.com/error?code=65001" target="_blank" rel="noreferrer">AADSTS65001</a>.</li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'errors/AADSTS65001.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const AADSTS65001 = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, AADSTS65001 as default }
