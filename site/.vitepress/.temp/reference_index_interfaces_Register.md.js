import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: Register","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/index/interfaces/Register.md","filePath":"reference/index/interfaces/Register.md"}',
)
const _sfc_main = { name: 'reference/index/interfaces/Register.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web</a> / Register</p><h1 id="interface-register" tabindex="-1">Interface: Register <a class="header-anchor" href="#interface-register" aria-label="Permalink to &quot;Interface: Register&quot;">​</a></h1><p>The types of your application. Declare them once, and this library uses them wherever TypeScript cannot infer them.</p><p><code>user</code> is the return type of <code>onLogin</code>, or <code>Claims</code> if you do not use <code>onLogin</code>. Without it, the user has the type <code>unknown</code> in such places: <code>req.identity</code> and the stand-alone <code>loginRequired</code>. <code>apis</code> contains the names of the option <code>apis</code>.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">declare</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> module</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;identity-web&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> {</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">  interface</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"> Register</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> {</span></span>
<span class="line"><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">    user</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">:</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"> AppUser</span></span>
<span class="line"><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">    apis</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">:</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;todos&#39;</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> |</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;orders&#39;</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  }</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">}</span></span></code></pre></div></div>`)
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/index/interfaces/Register.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const Register = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, Register as default }
