import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: TenantPolicy","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/type-aliases/TenantPolicy.md","filePath":"reference/adapters/express/type-aliases/TenantPolicy.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/type-aliases/TenantPolicy.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / TenantPolicy</p><h1 id="type-alias-tenantpolicy" tabindex="-1">Type Alias: TenantPolicy <a class="header-anchor" href="#type-alias-tenantpolicy" aria-label="Permalink to &quot;Type Alias: TenantPolicy&quot;">​</a></h1><blockquote><p><strong>TenantPolicy</strong> = <code>&quot;any&quot;</code> | <code>&quot;work&quot;</code> | readonly <code>string</code>[]</p></blockquote><p>The tenants whose users may sign in at an authority for many tenants.</p><ul><li><code>&#39;any&#39;</code>: all accounts</li><li><code>&#39;work&#39;</code>: work and school accounts, but not personal accounts</li><li>a list: the tenants with these IDs</li></ul><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> tenants</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">:</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"> TenantPolicy</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;11111111-2222-3333-4444-555555555555&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">]</span></span></code></pre></div></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/type-aliases/TenantPolicy.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const TenantPolicy = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, TenantPolicy as default }
