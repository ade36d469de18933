import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: RegistrationCheckName","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/type-aliases/RegistrationCheckName.md","filePath":"reference/adapters/express/type-aliases/RegistrationCheckName.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/type-aliases/RegistrationCheckName.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / RegistrationCheckName</p><h1 id="type-alias-registrationcheckname" tabindex="-1">Type Alias: RegistrationCheckName <a class="header-anchor" href="#type-alias-registrationcheckname" aria-label="Permalink to &quot;Type Alias: RegistrationCheckName&quot;">​</a></h1><blockquote><p><strong>RegistrationCheckName</strong> = <code>&quot;resource&quot;</code> | <code>&quot;credential&quot;</code> | <code>&quot;clientId&quot;</code> | <code>&quot;applicationIdUri&quot;</code> | <code>&quot;audience&quot;</code> | <code>&quot;tokenVersion&quot;</code> | <code>&quot;scopes&quot;</code> | <code>&quot;clients&quot;</code></p></blockquote><p>The part of the registration that a check concerns.</p><ul><li><code>resource</code>: the spelling of the option <code>resource</code></li><li><code>credential</code>: the application can authenticate at the provider</li><li><code>clientId</code>: the tenant contains the app registration</li><li><code>applicationIdUri</code>: <code>resource</code> is an Application ID URI of the registration</li><li><code>audience</code>: access tokens for <code>resource</code> are for this registration</li><li><code>tokenVersion</code>: the registration requests access tokens of version 2</li><li><code>scopes</code>: the registration contains the scopes of the server</li><li><code>clients</code>: the clients that may call the server</li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/type-aliases/RegistrationCheckName.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const RegistrationCheckName = /* @__PURE__ */ _export_sfc(_sfc_main, [
  ['ssrRender', _sfc_ssrRender],
])
export { __pageData, RegistrationCheckName as default }
