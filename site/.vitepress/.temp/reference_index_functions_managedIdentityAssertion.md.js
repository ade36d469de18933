import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Function: managedIdentityAssertion()","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/index/functions/managedIdentityAssertion.md","filePath":"reference/index/functions/managedIdentityAssertion.md"}',
)
const _sfc_main = { name: 'reference/index/functions/managedIdentityAssertion.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web</a> / managedIdentityAssertion</p><h1 id="function-managedidentityassertion" tabindex="-1">Function: managedIdentityAssertion() <a class="header-anchor" href="#function-managedidentityassertion" aria-label="Permalink to &quot;Function: managedIdentityAssertion()&quot;">​</a></h1><blockquote><p><strong>managedIdentityAssertion</strong>(<code>options?</code>): <a href="./../type-aliases/ClientAssertion"><code>ClientAssertion</code></a></p></blockquote><p>Authenticates an application with the managed identity of the Azure service that it runs on, without a secret.</p><p>It supports App Service, Functions and Container Apps (<code>IDENTITY_ENDPOINT</code> and <code>IDENTITY_HEADER</code>), and virtual machines (IMDS). On other hosts, such as Azure Arc and Service Fabric, pass a credential of <code>@azure/identity</code> as <code>clientCredential</code>. The app registration requires a federated credential for the identity.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="options" tabindex="-1">options? <a class="header-anchor" href="#options" aria-label="Permalink to &quot;options?&quot;">​</a></h3><p><a href="./../interfaces/ManagedIdentityAssertionOptions"><code>ManagedIdentityAssertionOptions</code></a> = <code>{}</code></p><p>The identity and its cloud.</p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="./../type-aliases/ClientAssertion"><code>ClientAssertion</code></a></p><p>The value for <code>clientCredential</code>.</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>IdentityError The returned function throws <code>provider_unavailable</code> if the endpoint cannot be reached, <code>provider_error</code> if it rejects the request, and <code>configuration</code> if its URL uses http on another machine.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> auth</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> Auth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(app, { authority, clientId, clientCredential: </span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">managedIdentityAssertion</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">() })</span></span></code></pre></div><h2 id="see" tabindex="-1">See <a class="header-anchor" href="#see" aria-label="Permalink to &quot;See&quot;">​</a></h2><p><a href="https://learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity" target="_blank" rel="noreferrer">A managed identity as federated credential</a></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/index/functions/managedIdentityAssertion.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const managedIdentityAssertion = /* @__PURE__ */ _export_sfc(_sfc_main, [
  ['ssrRender', _sfc_ssrRender],
])
export { __pageData, managedIdentityAssertion as default }
