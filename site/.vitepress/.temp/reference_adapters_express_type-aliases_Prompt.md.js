import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: Prompt","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/type-aliases/Prompt.md","filePath":"reference/adapters/express/type-aliases/Prompt.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/type-aliases/Prompt.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / Prompt</p><h1 id="type-alias-prompt" tabindex="-1">Type Alias: Prompt <a class="header-anchor" href="#type-alias-prompt" aria-label="Permalink to &quot;Type Alias: Prompt&quot;">​</a></h1><blockquote><p><strong>Prompt</strong> = <code>&quot;login&quot;</code> | <code>&quot;none&quot;</code> | <code>&quot;consent&quot;</code> | <code>&quot;select_account&quot;</code> | <code>&quot;create&quot;</code></p></blockquote><p>The page that the provider shows at sign-in, even if the user has a session there.</p><ul><li><code>login</code>: the user enters their credentials again.</li><li><code>none</code>: no page. If the user must interact, the sign-in fails.</li><li><code>consent</code>: the consent page.</li><li><code>select_account</code>: the account picker.</li><li><code>create</code>: the form to sign up.</li></ul><h2 id="see" tabindex="-1">See <a class="header-anchor" href="#see" aria-label="Permalink to &quot;See&quot;">​</a></h2><p><a href="https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#request-an-authorization-code" target="_blank" rel="noreferrer">prompt at Entra ID</a></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/type-aliases/Prompt.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const Prompt = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, Prompt as default }
