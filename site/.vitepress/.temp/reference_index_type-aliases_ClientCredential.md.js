import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: ClientCredential","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/index/type-aliases/ClientCredential.md","filePath":"reference/index/type-aliases/ClientCredential.md"}',
)
const _sfc_main = { name: 'reference/index/type-aliases/ClientCredential.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web</a> / ClientCredential</p><h1 id="type-alias-clientcredential" tabindex="-1">Type Alias: ClientCredential <a class="header-anchor" href="#type-alias-clientcredential" aria-label="Permalink to &quot;Type Alias: ClientCredential&quot;">​</a></h1><blockquote><p><strong>ClientCredential</strong> = <a href="./SingleCredential"><code>SingleCredential</code></a> | readonly (<a href="./SingleCredential"><code>SingleCredential</code></a> | <code>undefined</code>)[]</p></blockquote><p>The credential that an application authenticates with, or a list of credentials. The first credential of a list that the provider accepts is used. Entries that are <code>undefined</code> are skipped.</p><p>With a list you replace a credential without an outage: add the new one while the old one still works.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><p><strong>Replace a secret by a certificate</strong></p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> clientCredential</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">:</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"> ClientCredential</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> [{ pfx: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;new.pfx&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }, process.env.</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">IDENTITY_CLIENT_SECRET</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">]</span></span></code></pre></div></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/index/type-aliases/ClientCredential.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const ClientCredential = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, ClientCredential as default }
