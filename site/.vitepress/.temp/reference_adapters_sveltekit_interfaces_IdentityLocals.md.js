import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: IdentityLocals<User>","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/sveltekit/interfaces/IdentityLocals.md","filePath":"reference/adapters/sveltekit/interfaces/IdentityLocals.md"}',
)
const _sfc_main = { name: 'reference/adapters/sveltekit/interfaces/IdentityLocals.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/sveltekit</a> / IdentityLocals</p><h1 id="interface-identitylocalsuser" tabindex="-1">Interface: IdentityLocals&lt;User&gt; <a class="header-anchor" href="#interface-identitylocalsuser" aria-label="Permalink to &quot;Interface: IdentityLocals\\&lt;User\\&gt;&quot;">​</a></h1><p>The property that the hook of <code>Auth</code> adds to the <code>locals</code> of a request. Let <code>App.Locals</code> extend this type.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">interface</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"> Locals</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> extends</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> IdentityLocals</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> {}</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">@public</span></span></code></pre></div><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="user" tabindex="-1">User <a class="header-anchor" href="#user" aria-label="Permalink to &quot;User&quot;">​</a></h3><p><code>User</code> = <a href="./../../express/interfaces/Claims"><code>Claims</code></a></p><p>The return type of <code>onLogin</code>, or the claims of the ID token.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="identity" tabindex="-1">identity <a class="header-anchor" href="#identity" aria-label="Permalink to &quot;identity&quot;">​</a></h3><blockquote><p><strong>identity</strong>: <a href="./../../express/interfaces/LoginContext"><code>LoginContext</code></a>&lt;<code>User</code>&gt; | <code>undefined</code></p></blockquote><p>The signed-in user and the claims. <code>undefined</code> if the visitor is not signed in.</p></div>`)
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/sveltekit/interfaces/IdentityLocals.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const IdentityLocals = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, IdentityLocals as default }
