import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"AADB2C90088","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"errors/AADB2C90088.md","filePath":"errors/AADB2C90088.md"}',
)
const _sfc_main = { name: 'errors/AADB2C90088.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="aadb2c90088" tabindex="-1">AADB2C90088 <a class="header-anchor" href="#aadb2c90088" aria-label="Permalink to &quot;AADB2C90088&quot;">​</a></h1><h2 id="cause" tabindex="-1">Cause <a class="header-anchor" href="#cause" aria-label="Permalink to &quot;Cause&quot;">​</a></h2><p>The authorization code or the refresh token belongs to another user flow.</p><h2 id="remedy" tabindex="-1">Remedy <a class="header-anchor" href="#remedy" aria-label="Permalink to &quot;Remedy&quot;">​</a></h2><p>Set the same b2c.signUpSignInUserFlow (IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW) on every instance. Users whose sessions come from another user flow must sign in again.</p><h2 id="see-also" tabindex="-1">See also <a class="header-anchor" href="#see-also" aria-label="Permalink to &quot;See also&quot;">​</a></h2><ul><li><a href="/microsoft-errors">Microsoft&#39;s error codes</a>: all codes.</li><li>Microsoft&#39;s description: <a href="https://learn.microsoft.com/azure/active-directory-b2c/error-codes" target="_blank" rel="noreferrer">AADB2C90088</a>.</li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'errors/AADB2C90088.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const AADB2C90088 = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, AADB2C90088 as default }
