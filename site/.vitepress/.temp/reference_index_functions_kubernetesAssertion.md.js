import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Function: kubernetesAssertion()","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/index/functions/kubernetesAssertion.md","filePath":"reference/index/functions/kubernetesAssertion.md"}',
)
const _sfc_main = { name: 'reference/index/functions/kubernetesAssertion.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web</a> / kubernetesAssertion</p><h1 id="function-kubernetesassertion" tabindex="-1">Function: kubernetesAssertion() <a class="header-anchor" href="#function-kubernetesassertion" aria-label="Permalink to &quot;Function: kubernetesAssertion()&quot;">​</a></h1><blockquote><p><strong>kubernetesAssertion</strong>(<code>options?</code>): <a href="./../type-aliases/ClientAssertion"><code>ClientAssertion</code></a></p></blockquote><p>Authenticates an application with the service account of its Kubernetes pod (workload identity), without a secret.</p><p>The cluster replaces the file before the token expires, so the file is read for each token request. The app registration requires a federated credential for the service account.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="options" tabindex="-1">options? <a class="header-anchor" href="#options" aria-label="Permalink to &quot;options?&quot;">​</a></h3><p><a href="./../interfaces/KubernetesAssertionOptions"><code>KubernetesAssertionOptions</code></a> = <code>{}</code></p><p>The location of the token, if the cluster does not set <code>AZURE_FEDERATED_TOKEN_FILE</code>.</p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="./../type-aliases/ClientAssertion"><code>ClientAssertion</code></a></p><p>The value for <code>clientCredential</code>.</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>IdentityError The returned function throws <code>configuration</code> if the file does not exist or does not contain a JWT, and <code>provider_unavailable</code> if the token has expired.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> auth</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> Auth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(app, { authority, clientId, clientCredential: </span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">kubernetesAssertion</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">() })</span></span></code></pre></div><h2 id="see" tabindex="-1">See <a class="header-anchor" href="#see" aria-label="Permalink to &quot;See&quot;">​</a></h2><p><a href="https://learn.microsoft.com/entra/workload-id/workload-identity-federation" target="_blank" rel="noreferrer">Workload identity federation</a></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/index/functions/kubernetesAssertion.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const kubernetesAssertion = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, kubernetesAssertion as default }
