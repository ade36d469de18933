import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"identity-web/aws-lambda","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/platforms/aws-lambda/index.md","filePath":"reference/platforms/aws-lambda/index.md"}',
)
const _sfc_main = { name: 'reference/platforms/aws-lambda/index.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / identity-web/aws-lambda</p><h1 id="identity-webaws-lambda" tabindex="-1">identity-web/aws-lambda <a class="header-anchor" href="#identity-webaws-lambda" aria-label="Permalink to &quot;identity-web/aws-lambda&quot;">​</a></h1><h2 id="interfaces" tabindex="-1">Interfaces <a class="header-anchor" href="#interfaces" aria-label="Permalink to &quot;Interfaces&quot;">​</a></h2><ul><li><a href="./interfaces/LambdaEvent">LambdaEvent</a></li><li><a href="./interfaces/LambdaResult">LambdaResult</a></li></ul><h2 id="functions" tabindex="-1">Functions <a class="header-anchor" href="#functions" aria-label="Permalink to &quot;Functions&quot;">​</a></h2><ul><li><a href="./functions/toLambdaHandler">toLambdaHandler</a></li></ul><h2 id="references" tabindex="-1">References <a class="header-anchor" href="#references" aria-label="Permalink to &quot;References&quot;">​</a></h2><h3 id="anyidentityerror" tabindex="-1">AnyIdentityError <a class="header-anchor" href="#anyidentityerror" aria-label="Permalink to &quot;AnyIdentityError&quot;">​</a></h3><p>Re-exports <a href="./../../index/type-aliases/AnyIdentityError">AnyIdentityError</a></p><hr><h3 id="identityerror" tabindex="-1">IdentityError <a class="header-anchor" href="#identityerror" aria-label="Permalink to &quot;IdentityError&quot;">​</a></h3><p>Re-exports <a href="./../../index/classes/IdentityError">IdentityError</a></p><hr><h3 id="identityerrorcode" tabindex="-1">IdentityErrorCode <a class="header-anchor" href="#identityerrorcode" aria-label="Permalink to &quot;IdentityErrorCode&quot;">​</a></h3><p>Re-exports <a href="./../../index/type-aliases/IdentityErrorCode">IdentityErrorCode</a></p><hr><h3 id="register" tabindex="-1">Register <a class="header-anchor" href="#register" aria-label="Permalink to &quot;Register&quot;">​</a></h3><p>Re-exports <a href="./../../index/interfaces/Register">Register</a></p><hr><h3 id="registereduser" tabindex="-1">RegisteredUser <a class="header-anchor" href="#registereduser" aria-label="Permalink to &quot;RegisteredUser&quot;">​</a></h3><p>Re-exports <a href="./../../index/type-aliases/RegisteredUser">RegisteredUser</a></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/platforms/aws-lambda/index.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const index = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, index as default }
