import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"identity-web/easy-auth","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/easy-auth/easy-auth/index.md","filePath":"reference/easy-auth/easy-auth/index.md"}',
)
const _sfc_main = { name: 'reference/easy-auth/easy-auth/index.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / identity-web/easy-auth</p><h1 id="identity-webeasy-auth" tabindex="-1">identity-web/easy-auth <a class="header-anchor" href="#identity-webeasy-auth" aria-label="Permalink to &quot;identity-web/easy-auth&quot;">​</a></h1><h2 id="interfaces" tabindex="-1">Interfaces <a class="header-anchor" href="#interfaces" aria-label="Permalink to &quot;Interfaces&quot;">​</a></h2><ul><li><a href="./interfaces/EasyAuthOptions">EasyAuthOptions</a></li></ul><h2 id="functions" tabindex="-1">Functions <a class="header-anchor" href="#functions" aria-label="Permalink to &quot;Functions&quot;">​</a></h2><ul><li><a href="./functions/easyAuth">easyAuth</a></li></ul><h2 id="references" tabindex="-1">References <a class="header-anchor" href="#references" aria-label="Permalink to &quot;References&quot;">​</a></h2><h3 id="platformsignin" tabindex="-1">PlatformSignIn <a class="header-anchor" href="#platformsignin" aria-label="Permalink to &quot;PlatformSignIn&quot;">​</a></h3><p>Re-exports <a href="./../../adapters/express/interfaces/PlatformSignIn">PlatformSignIn</a></p><hr><h3 id="register" tabindex="-1">Register <a class="header-anchor" href="#register" aria-label="Permalink to &quot;Register&quot;">​</a></h3><p>Re-exports <a href="./../../index/interfaces/Register">Register</a></p><hr><h3 id="registereduser" tabindex="-1">RegisteredUser <a class="header-anchor" href="#registereduser" aria-label="Permalink to &quot;RegisteredUser&quot;">​</a></h3><p>Re-exports <a href="./../../index/type-aliases/RegisteredUser">RegisteredUser</a></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/easy-auth/easy-auth/index.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const index = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, index as default }
