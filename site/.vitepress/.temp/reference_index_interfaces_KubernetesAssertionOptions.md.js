import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: KubernetesAssertionOptions","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/index/interfaces/KubernetesAssertionOptions.md","filePath":"reference/index/interfaces/KubernetesAssertionOptions.md"}',
)
const _sfc_main = { name: 'reference/index/interfaces/KubernetesAssertionOptions.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web</a> / KubernetesAssertionOptions</p><h1 id="interface-kubernetesassertionoptions" tabindex="-1">Interface: KubernetesAssertionOptions <a class="header-anchor" href="#interface-kubernetesassertionoptions" aria-label="Permalink to &quot;Interface: KubernetesAssertionOptions&quot;">​</a></h1><p>The location of a pod&#39;s token.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> options</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">:</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"> KubernetesAssertionOptions</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { tokenFile: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;/var/run/secrets/tokens/azure&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }</span></span></code></pre></div><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="tokenfile" tabindex="-1">tokenFile? <a class="header-anchor" href="#tokenfile" aria-label="Permalink to &quot;tokenFile?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>tokenFile?</strong>: <code>string</code></p></blockquote><p>The path of the file.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p>the path in <code>AZURE_FEDERATED_TOKEN_FILE</code></p><h4 id="example-1" tabindex="-1">Example <a class="header-anchor" href="#example-1" aria-label="Permalink to &quot;Example&quot;">​</a></h4><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">kubernetesAssertion</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ tokenFile: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;/var/run/secrets/tokens/azure&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> })</span></span></code></pre></div></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/index/interfaces/KubernetesAssertionOptions.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const KubernetesAssertionOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [
  ['ssrRender', _sfc_ssrRender],
])
export { __pageData, KubernetesAssertionOptions as default }
