import { resolveComponent, withCtx, createVNode, createTextVNode, useSSRContext } from 'vue'
import { ssrRenderAttrs, ssrRenderComponent } from 'vue/server-renderer'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Protect an API","description":"","frontmatter":{},"headers":[],"relativePath":"protect-an-api.md","filePath":"protect-an-api.md"}',
)
const _sfc_main = { name: 'protect-an-api.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  const _component_ChoiceTabs = resolveComponent('ChoiceTabs')
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="protect-an-api" tabindex="-1">Protect an API <a class="header-anchor" href="#protect-an-api" aria-label="Permalink to &quot;Protect an API&quot;">​</a></h1><p>An API has no pages and no sessions. Its clients send an access token with each request. <code>ApiAuth</code> checks the token and tells your handler who the caller is and what the caller may do.</p>`,
  )
  _push(
    ssrRenderComponent(
      _component_ChoiceTabs,
      {
        kind: 'framework',
        names: 'Express|Fastify|Koa|Hono|Next.js|Request and Response',
      },
      {
        default: withCtx((_, _push2, _parent2, _scopeId) => {
          if (_push2) {
            _push2(`<div class="option" data-value="express"${_scopeId}><p class="option-name"${_scopeId}>Express</p><div class="language-ts vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> express </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;express&#39;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> { ApiAuth } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;identity-web/express&#39;</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> app</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> express</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>()</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> api</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> ApiAuth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>({</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  authority: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>&#39;https://login.microsoftonline.com/&lt;tenant&gt;&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>,</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  clientId: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>&#39;&lt;client ID of the API&gt;&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>,</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>})</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>get</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>  &#39;/todos&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>,</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  api.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>authorizationRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>({ scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>&#39;Todos.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>] }, (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>req</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>res</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>, { </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>user</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> }) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> {</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>    res.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>({ owner: user.sub })</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  }),</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>listen</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}>3000</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span></code></pre></div></div><div class="option" data-value="fastify"${_scopeId}><p class="option-name"${_scopeId}>Fastify</p><div class="language-ts vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> Fastify </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;fastify&#39;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> { ApiAuth } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;identity-web/fastify&#39;</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> app</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> Fastify</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>()</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> api</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> ApiAuth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(app) </span><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;"${_scopeId}>// reads IDENTITY_AUTHORITY and IDENTITY_CLIENT_ID</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>get</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>  &#39;/todos&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>,</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  api.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>authorizationRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>({ scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>&#39;Todos.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>] }, </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>async</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>request</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>reply</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>, { </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>user</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> }) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> ({</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>    owner: user.sub,</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  })),</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span></code></pre></div></div><div class="option" data-value="koa"${_scopeId}><p class="option-name"${_scopeId}>Koa</p><div class="language-ts vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> Koa </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;koa&#39;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> { ApiAuth } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;identity-web/koa&#39;</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> app</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> Koa</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>()</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> api</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> ApiAuth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(app) </span><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;"${_scopeId}>// reads IDENTITY_AUTHORITY and IDENTITY_CLIENT_ID</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>use</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  api.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>authorizationRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>({ scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>&#39;Todos.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>] }, (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>ctx</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>, { </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>user</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> }) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> {</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>    ctx.body </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> { owner: user.sub }</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  }),</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span></code></pre></div></div><div class="option" data-value="hono"${_scopeId}><p class="option-name"${_scopeId}>Hono</p><div class="language-ts vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> { Hono } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;hono&#39;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> { ApiAuth } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;identity-web/hono&#39;</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> app</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> Hono</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>()</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> api</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> ApiAuth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(app) </span><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;"${_scopeId}>// reads IDENTITY_AUTHORITY and IDENTITY_CLIENT_ID</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>get</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>  &#39;/todos&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>,</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  api.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>authorizationRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>({ scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>&#39;Todos.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>] }, (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>c</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>, { </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>user</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> }) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&gt;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>    c.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>({ owner: user.sub }),</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  ),</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span></code></pre></div></div><div class="option" data-value="next-js"${_scopeId}><p class="option-name"${_scopeId}>Next.js</p><div class="language-ts vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;"${_scopeId}>// app/todos/route.ts</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> { ApiAuth } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;identity-web/next&#39;</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> api</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> ApiAuth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>() </span><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;"${_scopeId}>// reads IDENTITY_AUTHORITY and IDENTITY_CLIENT_ID</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>export</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> GET</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> api.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>authorizationRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>({ scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>&#39;Todos.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>] }, (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>_request</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>, { </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>user</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> }) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&gt;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  Response.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>({ owner: user.sub }),</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span></code></pre></div></div><div class="option" data-value="request-and-response"${_scopeId}><p class="option-name"${_scopeId}>Request and Response</p><div class="language-ts vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> { ApiAuth } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;identity-web/fetch&#39;</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> api</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> ApiAuth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>() </span><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;"${_scopeId}>// reads IDENTITY_AUTHORITY and IDENTITY_CLIENT_ID</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>export</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> todos</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> api.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>authorizationRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>({ scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>&#39;Todos.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>] }, (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>_request</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>, { </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>user</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> }) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&gt;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  Response.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>({ owner: user.sub }),</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span></code></pre></div></div>`)
          } else {
            return [
              createVNode(
                'div',
                {
                  class: 'option',
                  'data-value': 'express',
                },
                [
                  createVNode('p', { class: 'option-name' }, 'Express'),
                  createVNode('div', { class: 'language-ts vp-adaptive-theme' }, [
                    createVNode('button', {
                      title: 'Copy Code',
                      class: 'copy',
                    }),
                    createVNode('span', { class: 'lang' }, 'ts'),
                    createVNode(
                      'pre',
                      {
                        class:
                          'shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code',
                        tabindex: '0',
                      },
                      [
                        createVNode('code', null, [
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'import',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' express ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'from',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              " 'express'",
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'import',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' { ApiAuth } ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'from',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              " 'identity-web/express'",
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' app',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              ' express',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '()',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' api',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' new',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              ' ApiAuth',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '({',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '  authority: ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "'https://login.microsoftonline.com/<tenant>'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ',',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '  clientId: ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "'<client ID of the API>'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ',',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '})',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'app.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'get',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "  '/todos'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ',',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '  api.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'authorizationRequired',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '({ scopes: [',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "'Todos.Read'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '] }, (',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'req',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ', ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'res',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ', { ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'user',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' }) ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=>',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' {',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '    res.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'json',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '({ owner: user.sub })',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '  }),',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ')',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'app.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'listen',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              '3000',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ')',
                            ),
                          ]),
                        ]),
                      ],
                    ),
                  ]),
                ],
              ),
              createVNode(
                'div',
                {
                  class: 'option',
                  'data-value': 'fastify',
                },
                [
                  createVNode('p', { class: 'option-name' }, 'Fastify'),
                  createVNode('div', { class: 'language-ts vp-adaptive-theme' }, [
                    createVNode('button', {
                      title: 'Copy Code',
                      class: 'copy',
                    }),
                    createVNode('span', { class: 'lang' }, 'ts'),
                    createVNode(
                      'pre',
                      {
                        class:
                          'shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code',
                        tabindex: '0',
                      },
                      [
                        createVNode('code', null, [
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'import',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' Fastify ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'from',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              " 'fastify'",
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'import',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' { ApiAuth } ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'from',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              " 'identity-web/fastify'",
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' app',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              ' Fastify',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '()',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' api',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' new',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              ' ApiAuth',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(app) ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#66707B', '--shiki-dark': '#BDC4CC' } },
                              '// reads IDENTITY_AUTHORITY and IDENTITY_CLIENT_ID',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'app.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'get',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "  '/todos'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ',',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '  api.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'authorizationRequired',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '({ scopes: [',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "'Todos.Read'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '] }, ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'async',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' (',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'request',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ', ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'reply',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ', { ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'user',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' }) ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=>',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' ({',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '    owner: user.sub,',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '  })),',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ')',
                            ),
                          ]),
                        ]),
                      ],
                    ),
                  ]),
                ],
              ),
              createVNode(
                'div',
                {
                  class: 'option',
                  'data-value': 'koa',
                },
                [
                  createVNode('p', { class: 'option-name' }, 'Koa'),
                  createVNode('div', { class: 'language-ts vp-adaptive-theme' }, [
                    createVNode('button', {
                      title: 'Copy Code',
                      class: 'copy',
                    }),
                    createVNode('span', { class: 'lang' }, 'ts'),
                    createVNode(
                      'pre',
                      {
                        class:
                          'shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code',
                        tabindex: '0',
                      },
                      [
                        createVNode('code', null, [
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'import',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' Koa ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'from',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              " 'koa'",
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'import',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' { ApiAuth } ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'from',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              " 'identity-web/koa'",
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' app',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' new',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              ' Koa',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '()',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' api',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' new',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              ' ApiAuth',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(app) ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#66707B', '--shiki-dark': '#BDC4CC' } },
                              '// reads IDENTITY_AUTHORITY and IDENTITY_CLIENT_ID',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'app.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'use',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '  api.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'authorizationRequired',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '({ scopes: [',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "'Todos.Read'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '] }, (',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'ctx',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ', { ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'user',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' }) ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=>',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' {',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '    ctx.body ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' { owner: user.sub }',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '  }),',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ')',
                            ),
                          ]),
                        ]),
                      ],
                    ),
                  ]),
                ],
              ),
              createVNode(
                'div',
                {
                  class: 'option',
                  'data-value': 'hono',
                },
                [
                  createVNode('p', { class: 'option-name' }, 'Hono'),
                  createVNode('div', { class: 'language-ts vp-adaptive-theme' }, [
                    createVNode('button', {
                      title: 'Copy Code',
                      class: 'copy',
                    }),
                    createVNode('span', { class: 'lang' }, 'ts'),
                    createVNode(
                      'pre',
                      {
                        class:
                          'shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code',
                        tabindex: '0',
                      },
                      [
                        createVNode('code', null, [
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'import',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' { Hono } ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'from',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              " 'hono'",
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'import',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' { ApiAuth } ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'from',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              " 'identity-web/hono'",
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' app',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' new',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              ' Hono',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '()',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' api',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' new',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              ' ApiAuth',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(app) ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#66707B', '--shiki-dark': '#BDC4CC' } },
                              '// reads IDENTITY_AUTHORITY and IDENTITY_CLIENT_ID',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'app.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'get',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "  '/todos'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ',',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '  api.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'authorizationRequired',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '({ scopes: [',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "'Todos.Read'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '] }, (',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'c',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ', { ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'user',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' }) ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=>',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '    c.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'json',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '({ owner: user.sub }),',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '  ),',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ')',
                            ),
                          ]),
                        ]),
                      ],
                    ),
                  ]),
                ],
              ),
              createVNode(
                'div',
                {
                  class: 'option',
                  'data-value': 'next-js',
                },
                [
                  createVNode('p', { class: 'option-name' }, 'Next.js'),
                  createVNode('div', { class: 'language-ts vp-adaptive-theme' }, [
                    createVNode('button', {
                      title: 'Copy Code',
                      class: 'copy',
                    }),
                    createVNode('span', { class: 'lang' }, 'ts'),
                    createVNode(
                      'pre',
                      {
                        class:
                          'shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code',
                        tabindex: '0',
                      },
                      [
                        createVNode('code', null, [
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#66707B', '--shiki-dark': '#BDC4CC' } },
                              '// app/todos/route.ts',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'import',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' { ApiAuth } ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'from',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              " 'identity-web/next'",
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' api',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' new',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              ' ApiAuth',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '() ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#66707B', '--shiki-dark': '#BDC4CC' } },
                              '// reads IDENTITY_AUTHORITY and IDENTITY_CLIENT_ID',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'export',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' GET',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' api.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'authorizationRequired',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '({ scopes: [',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "'Todos.Read'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '] }, (',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              '_request',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ', { ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'user',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' }) ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=>',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '  Response.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'json',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '({ owner: user.sub }),',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ')',
                            ),
                          ]),
                        ]),
                      ],
                    ),
                  ]),
                ],
              ),
              createVNode(
                'div',
                {
                  class: 'option',
                  'data-value': 'request-and-response',
                },
                [
                  createVNode('p', { class: 'option-name' }, 'Request and Response'),
                  createVNode('div', { class: 'language-ts vp-adaptive-theme' }, [
                    createVNode('button', {
                      title: 'Copy Code',
                      class: 'copy',
                    }),
                    createVNode('span', { class: 'lang' }, 'ts'),
                    createVNode(
                      'pre',
                      {
                        class:
                          'shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code',
                        tabindex: '0',
                      },
                      [
                        createVNode('code', null, [
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'import',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' { ApiAuth } ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'from',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              " 'identity-web/fetch'",
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' api',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' new',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              ' ApiAuth',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '() ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#66707B', '--shiki-dark': '#BDC4CC' } },
                              '// reads IDENTITY_AUTHORITY and IDENTITY_CLIENT_ID',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'export',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' todos',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' api.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'authorizationRequired',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '({ scopes: [',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "'Todos.Read'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '] }, (',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              '_request',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ', { ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'user',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' }) ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=>',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '  Response.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'json',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '({ owner: user.sub }),',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ')',
                            ),
                          ]),
                        ]),
                      ],
                    ),
                  ]),
                ],
              ),
            ]
          }
        }),
        _: 1,
      },
      _parent,
    ),
  )
  _push(`<p>Your handler runs if the request contains <code>Authorization: Bearer &lt;token&gt;</code>, and if this token</p><ul><li>is signed by the authority,</li><li>is <a href="#which-tokens-your-api-accepts">for this API</a>,</li><li>has not expired,</li><li>contains the scope.</li></ul><p>In all other cases, the guard sends <a href="#responses-to-clients">an error response</a>. You do not need a client secret, unless you <a href="/on-behalf-of">call another API</a>.</p><h2 id="steps" tabindex="-1">Steps <a class="header-anchor" href="#steps" aria-label="Permalink to &quot;Steps&quot;">​</a></h2><p>These steps are for Entra ID. For other providers, see <a href="#other-providers">Other providers</a>.</p><h3 id="register-the-api" tabindex="-1">Register the API <a class="header-anchor" href="#register-the-api" aria-label="Permalink to &quot;Register the API&quot;">​</a></h3><p><code>npx <span class="word">identity-web-cli</span> register <span class="word">--api</span></code> does these steps for you, and <code>register</code> also registers <a href="/cli#an-api-its-web-app-and-its-daemon">its web app and its daemon</a>. To do them by hand:</p><ol><li>In the <a href="https://entra.microsoft.com" target="_blank" rel="noreferrer">Microsoft Entra admin center</a>, open <strong>App registrations</strong> and choose <strong>New registration</strong>. Enter a name. Choose the <strong>Supported account types</strong> that match <a href="/entra-id#who-may-sign-in">your authority</a>. Leave the redirect URI empty.</li><li>Under <strong>Expose an API</strong>, choose <strong>Add</strong> next to <strong>Application ID URI</strong>, and keep <code>api://&lt;client ID&gt;</code>.</li><li>Choose <strong>Add a scope</strong>, such as <code>Todos.Read</code>. Choose whether users or only administrators can consent.</li><li>If applications without a user will call your API, open <strong>App roles</strong> and choose <strong>Create app role</strong>. Choose <strong>Applications</strong> as the allowed member types, and enter a value such as <code>Todos.Read.All</code>.</li><li>Under <strong>Token configuration</strong>, choose <strong>Add optional claim</strong>, <strong>Access</strong>, and <code>idtyp</code>. With this claim, the library can always recognize the token of an application.</li><li>From <strong>Overview</strong>, copy the <strong>Application (client) ID</strong> and the <strong>Directory (tenant) ID</strong>.</li></ol><p>You can use both versions of access tokens. You choose one with <code>requestedAccessTokenVersion</code> in the manifest of your API. Your handlers get the same context with both.</p><h3 id="register-a-client" tabindex="-1">Register a client <a class="header-anchor" href="#register-a-client" aria-label="Permalink to &quot;Register a client&quot;">​</a></h3><p>Open the registration of the client. Under <strong>API permissions</strong>, choose <strong>Add a permission</strong>, and select your API.</p><table tabindex="0"><thead><tr><th>the client</th><th>permission</th><th>consent</th><th>requests</th></tr></thead><tbody><tr><td>signs users in</td><td><strong>Delegated permissions</strong>, <code>Todos.Read</code></td><td>the user, or an administrator</td><td><code>api://&lt;API&gt;/Todos.Read</code></td></tr><tr><td>does not have a user, such as a job or a daemon</td><td><strong>Application permissions</strong>, <code>Todos.Read.All</code></td><td>always an administrator</td><td><code>api://&lt;API&gt;/.default</code></td></tr></tbody></table><p>With <strong>Grant admin consent</strong>, an administrator consents for all users. If the client is yours, you can also skip the consent: in the registration of the API, open <strong>Expose an API</strong>, <strong>Add a client application</strong>.</p><p>A client that uses this library calls your API with <code>context.fetch</code>, as in <a href="/call-an-api#your-own-apis">Call an API</a>. A daemon uses <a href="/on-behalf-of#as-the-application-itself"><code>getTokenForClient</code></a>.</p><h3 id="try-it" tabindex="-1">Try it <a class="header-anchor" href="#try-it" aria-label="Permalink to &quot;Try it&quot;">​</a></h3><p>The first command starts an API with a development provider, and prints calls that you can try. The second command creates a token:</p><div class="language-sh vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">sh</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">npm</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> run</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> demo</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> --</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> api</span></span>
<span class="line"><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">npx</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> identity-web-dev</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> token</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> --as</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> alex</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> --scope</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> Todos.Read</span></span></code></pre></div><p>For your tests, see <a href="/testing#an-api">Test an API</a>.</p><h2 id="settings" tabindex="-1">Settings <a class="header-anchor" href="#settings" aria-label="Permalink to &quot;Settings&quot;">​</a></h2><table tabindex="0"><thead><tr><th>option</th><th>variable</th><th>meaning</th></tr></thead><tbody><tr><td><code>authority</code></td><td><code>IDENTITY_AUTHORITY</code></td><td>the issuer of the tokens. Instead, you can set <code>oidcAuthority</code> or <code>b2c</code>.</td></tr><tr><td><code>oidcAuthority</code></td><td><code>IDENTITY_OIDC_AUTHORITY</code></td><td>any OpenID Connect provider</td></tr><tr><td><code>b2c</code></td><td><code>IDENTITY_B2C_…</code></td><td><a href="/azure-ad-b2c">Azure AD B2C</a></td></tr><tr><td><code>clientId</code></td><td><code>IDENTITY_CLIENT_ID</code></td><td>the API&#39;s own client ID. Optional with <code>oidcAuthority</code>, where it defaults to the first <code>audience</code>.</td></tr><tr><td><code>audience</code></td><td><code>IDENTITY_AUDIENCE</code></td><td>more <a href="#which-tokens-your-api-accepts">values of <code>aud</code></a>, as a list or a space-separated string</td></tr><tr><td><code>tenants</code></td><td></td><td><a href="#tenants">tenants</a> whose tokens you accept</td></tr><tr><td><code>allowedClients</code></td><td></td><td>client IDs of the clients that may call. The default is every client.</td></tr><tr><td><code>resource</code></td><td><code>IDENTITY_RESOURCE</code></td><td>the URL of the API, for clients that <a href="/mcp#the-published-document">read its metadata</a></td></tr><tr><td><code>clientCredential</code></td><td><code>IDENTITY_CLIENT_SECRET</code></td><td>the <a href="/credentials">credential</a> to <a href="/on-behalf-of">call other APIs</a></td></tr><tr><td><code>clientCapabilities</code></td><td></td><td><code>[&#39;cp1&#39;]</code> if you support <a href="/on-behalf-of#claims-challenges">claims challenges</a> of other APIs</td></tr><tr><td><code>tokenCacheEntries</code></td><td></td><td><a href="#choose-the-size-of-the-cache">the number of tokens</a> that a process caches, 1,000 by default</td></tr><tr><td><code>longRunning</code></td><td><code>IDENTITY_SESSION_SECRET</code></td><td>the settings of <a href="/on-behalf-of#work-that-takes-long">jobs that act for a user</a></td></tr></tbody></table><p>If you pass your application, as in <code>new ApiAuth(app, options)</code>, the library also serves the <a href="/mcp#the-published-document">metadata of your API</a>. For logs and wrong settings, read <a href="/operate">Run in production</a>.</p><h2 id="requirements-of-a-route" tabindex="-1">Requirements of a route <a class="header-anchor" href="#requirements-of-a-route" aria-label="Permalink to &quot;Requirements of a route&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">get</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span></span>
<span class="line"><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">  &#39;/todos&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  api.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">authorizationRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Todos.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">] }, (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">req</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">res</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, { </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">user</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> {</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">    res.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ owner: user.oid })</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  }),</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">)</span></span>
<span class="line"></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">delete</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span></span>
<span class="line"><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">  &#39;/todos/:id&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  api.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">authorizationRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">    { scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Todos.ReadWrite&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">], roles: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Editor&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">], appPermissions: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Todos.ReadWrite.All&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">] },</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">    (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">req</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">res</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">context</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> {</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">      if</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> (context.user </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">===</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> undefined</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">) res.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ deletedBy: context.app.clientId })</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">      else</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> res.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ deletedBy: context.user.name })</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">    },</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  ),</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">)</span></span></code></pre></div><table tabindex="0"><thead><tr><th>option</th><th>requires</th><th>a list means</th><th>the other form</th></tr></thead><tbody><tr><td><code>scopes</code></td><td>scopes of a user&#39;s token</td><td>all of them</td><td><code>{ anyOf: [...] }</code></td></tr><tr><td><code>roles</code></td><td>app roles of the user</td><td>one of them</td><td><code>{ allOf: [...] }</code></td></tr><tr><td><code>groups</code></td><td>groups of the user. At Entra ID, set their object IDs.</td><td>one of them</td><td><code>{ allOf: [...] }</code></td></tr><tr><td><code>appPermissions</code></td><td>app permissions of an application without a user</td><td>one of them</td><td><code>{ allOf: [...] }</code></td></tr><tr><td><code>claims</code></td><td>claims of the token, as an object or a function</td><td></td><td></td></tr><tr><td><code>acrs</code></td><td><a href="#authentication-contexts">authentication contexts</a> of the user</td><td>all of them</td><td></td></tr></tbody></table><p>The requirements for users and for applications are independent:</p><table tabindex="0"><thead><tr><th>requirement</th><th>a user&#39;s token</th><th>an app-only token</th></tr></thead><tbody><tr><td>not set</td><td>any scope of this API</td><td>rejected</td></tr><tr><td><code>scopes</code></td><td>the scopes</td><td>rejected</td></tr><tr><td><code>scopes</code> and <code>roles</code></td><td>the scopes and one of the app roles</td><td>rejected</td></tr><tr><td><code>roles</code></td><td>one of the app roles, and any scope of this API</td><td>rejected</td></tr><tr><td><code>appPermissions</code></td><td>rejected</td><td>one of the app permissions</td></tr><tr><td><code>scopes</code> and <code>appPermissions</code></td><td>the scopes</td><td>one of the app permissions</td></tr></tbody></table><ul><li>A user&#39;s token must also satisfy <code>groups</code>, <code>acrs</code> and <code>claims</code>. An app-only token must also satisfy <code>claims</code>.</li><li>With <code>appPermissions</code> alone, the route rejects users. To allow users too, add <code>scopes</code>, <code>roles</code>, <code>groups</code> or <code>acrs</code>.</li><li>You can write a scope as in the registration (<code>Todos.Read</code>) or with its prefix (<code>api://&lt;API&gt;/Todos.Read</code>). Names are case-sensitive.</li><li>If you write an option, it must have a value. With <code>roles: []</code>, an unset variable or an unknown option, you get an error when you declare the route. A mistake never opens a route.</li></ul><h3 id="roles-and-app-permissions" tabindex="-1">Roles and app permissions <a class="header-anchor" href="#roles-and-app-permissions" aria-label="Permalink to &quot;Roles and app permissions&quot;">​</a></h3><p>A scope says what a user allows the client to do. An app role says what the user may do. An app permission says what an application may do without a user.</p><p>At Entra ID, app roles and app permissions are in the same claim (<code>roles</code>). Use <code>appPermissions</code> for applications. If you use <code>roles</code> by mistake, your log tells you. At other providers, the library compares <code>appPermissions</code> with the scopes of the application.</p><h3 id="claims" tabindex="-1">Claims <a class="header-anchor" href="#claims" aria-label="Permalink to &quot;Claims&quot;">​</a></h3><p>Use an object for fixed values. The library compares them with <code>===</code>. If the claim is a list, the list must contain the value. Use a function for all other rules. It can be async, and only the result <code>true</code> allows the caller.</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> hr</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> api.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">authorizationRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Staff.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">], claims: { department: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;HR&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> } })</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> adults</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> api.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">authorizationRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ </span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">claims</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">: ({ </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">age</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=&gt;</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> Number</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(age) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">&gt;=</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> 18</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> })</span></span></code></pre></div><h3 id="groups" tabindex="-1">Groups <a class="header-anchor" href="#groups" aria-label="Permalink to &quot;Groups&quot;">​</a></h3><p>Under <strong>Token configuration</strong> of your API, choose <strong>Add groups claim</strong>. At Entra ID, the library also needs a credential, because a token cannot contain more than 200 groups. For users with more groups, the library asks Microsoft Graph on behalf of the user:</p><ol><li>Set <code>clientCredential</code>. Without it, you get an error when you declare the route.</li><li>Add the delegated permission <code>User.Read</code> of Microsoft Graph to your API.</li></ol><p>The library caches the result until the token expires. If Microsoft Graph does not respond, clients get 503.</p><h3 id="tokens-without-scopes" tabindex="-1">Tokens without scopes <a class="header-anchor" href="#tokens-without-scopes" aria-label="Permalink to &quot;Tokens without scopes&quot;">​</a></h3><p>Some providers other than Microsoft issue access tokens without scopes. Set <code>scopes: false</code> for them. You also need <code>roles</code>, <code>claims</code>, or the option <code>allowedClients</code>, because otherwise every user of the provider could call your API.</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> api</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> ApiAuth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  oidcAuthority: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;https://id.example.com&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  audience: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;https://todos.example.com&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  allowedClients: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;todo-app&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">],</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">})</span></span>
<span class="line"></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">get</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span></span>
<span class="line"><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">  &#39;/todos&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  api.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">authorizationRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ scopes: </span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">false</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }, (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">req</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">res</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, { </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">user</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> {</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">    res.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ sub: user.sub })</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  }),</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">)</span></span></code></pre></div><p><code>allowedClients</code> compares the client ID in <code>client_id</code>, <code>azp</code>, <code>appid</code> or <code>cid</code>. The first one that the token contains counts.</p><h3 id="your-own-decision" tabindex="-1">Your own decision <a class="header-anchor" href="#your-own-decision" aria-label="Permalink to &quot;Your own decision&quot;">​</a></h3><p>Throw <code>AccessDenied</code> in a handler. The client gets 403 and your message.</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { AccessDenied } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;identity-web/express&#39;</span></span>
<span class="line"></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">get</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span></span>
<span class="line"><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">  &#39;/todos/:id&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  api.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">authorizationRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Todos.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">] }, </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">async</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">req</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">res</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, { </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">user</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> {</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">    const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> todo</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> await</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> findTodo</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(req.params.id)</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">    if</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> (todo.owner </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">!==</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> user.oid)</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">      throw</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> AccessDenied</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ message: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;This todo belongs to another user.&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> })</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">    res.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(todo)</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  }),</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">)</span></span></code></pre></div><h3 id="authentication-contexts" tabindex="-1">Authentication contexts <a class="header-anchor" href="#authentication-contexts" aria-label="Permalink to &quot;Authentication contexts&quot;">​</a></h3><p>With <code>acrs</code>, you require an authentication context of Conditional Access, for example a second factor:</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">post</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span></span>
<span class="line"><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">  &#39;/payments&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  api.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">authorizationRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Payments.Send&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">], acrs: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;c1&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }, (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">req</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">res</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> {</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">    res.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">sendStatus</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">202</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">)</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  }),</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">)</span></span></code></pre></div><ol><li>Create <a href="/consent-and-conditional-access#ask-for-more-on-some-pages">a policy for the context</a> in your tenant.</li><li>Add the optional claims <code>acrs</code> and <code>xms_cc</code> to the access tokens of your API.</li></ol><p>If the token does not satisfy the context, the client gets 401 <code>insufficient_claims</code> with the claims to request. It signs in its user with these claims and calls again. A client without <code>cp1</code> in <code>xms_cc</code> does not support this, and gets 403. If you name several contexts, the client gets one challenge after the other.</p><p>Applications do not need <code>acrs</code>. You get an error if a route with <code>acrs</code> does not allow users.</p><h3 id="as-middleware" tabindex="-1">As middleware <a class="header-anchor" href="#as-middleware" aria-label="Permalink to &quot;As middleware&quot;">​</a></h3><p>Without a handler, the guard is a middleware. <code>api.contextOf(req)</code> returns the context in the handlers after it:</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">use</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;/api&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, api.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">authorizationRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">())</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">get</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;/api/me&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">req</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">res</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> res.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(api.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">contextOf</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(req).claims))</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">use</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(api.errorHandler)</span></span></code></pre></div><ul><li><p><strong><code>api.errorHandler</code></strong> tells the client if the user must act for <a href="/on-behalf-of#when-the-user-is-needed">a call to another API</a>. Add it after your routes. You do not need it for handlers that you pass to the guard.</p></li><li><p><strong>Body parsers</strong> belong after the guard, so that your server does not read the bodies of rejected requests:</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> express </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;express&#39;</span></span>
<span class="line"></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">post</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span></span>
<span class="line"><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">  &#39;/todos&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  api.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">authorizationRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Todos.ReadWrite&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">] }),</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  express.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(),</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">req</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">res</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> {</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">    res.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">status</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">201</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">).</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ owner: api.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">contextOf</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(req).user?.sub, </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">...</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">req.body })</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  },</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">)</span></span></code></pre></div></li><li><p><strong><code>cors()</code></strong> belongs before the guard, because browsers send <code>OPTIONS</code> requests without a token.</p></li><li><p><strong><code>req.identity</code></strong> is the context too. Use it in code that runs on all routes, such as a log. <code>api.contextOf(req)</code> throws a configuration error on routes without a guard.</p></li></ul><h2 id="the-context" tabindex="-1">The context <a class="header-anchor" href="#the-context" aria-label="Permalink to &quot;The context&quot;">​</a></h2><table tabindex="0"><thead><tr><th>property</th><th>meaning</th></tr></thead><tbody><tr><td><code>user</code></td><td><code>{ sub, iss, oid, tid, name, username }</code>, if the token belongs to a user</td></tr><tr><td><code>app</code></td><td><code>{ clientId, iss, oid, tid }</code>, if the token belongs to an application</td></tr><tr><td><code>clientId</code></td><td>the client that sent the token</td></tr><tr><td><code>scopes</code>, <code>roles</code></td><td>the scopes and app roles, as lists</td></tr><tr><td><code>appPermissions</code></td><td>the app permissions of an application, as a list</td></tr><tr><td><code>claims</code></td><td>all claims of the token</td></tr><tr><td><code>token</code></td><td>the token</td></tr><tr><td><code>kind</code></td><td><code>&#39;bearer&#39;</code></td></tr><tr><td><code>fetch</code>, <code>getTokenOnBehalfOf</code>, <code>startLongRunningProcess</code></td><td><a href="/on-behalf-of">calls to other APIs for the user</a></td></tr></tbody></table><p>The context contains either <code>user</code> or <code>app</code>. TypeScript knows which one if your route allows only users or only applications. Otherwise, check <code>context.user === undefined</code>. You cannot change the context, because requests with the same token share it.</p><p><strong>Keys.</strong> Use <code>tid</code> and <code>oid</code> together as the key of a user. <a href="/entra-id#keys-for-your-data">Other claims can change</a>, or differ between your API and its clients, as <code>sub</code> does.</p><h2 id="tenants" tabindex="-1">Tenants <a class="header-anchor" href="#tenants" aria-label="Permalink to &quot;Tenants&quot;">​</a></h2><p>If <code>authority</code> names one tenant, your API accepts tokens of this tenant only. At <code>/organizations</code> and <code>/common</code>, select the tenants with the option <code>tenants</code>. It has <a href="/entra-id#who-may-sign-in">the same values and defaults</a> as for sign-in. Tokens of other tenants get 403 <code>access_denied</code>.</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> api</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> ApiAuth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  authority: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;https://login.microsoftonline.com/organizations&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  clientId: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;11111111-2222-3333-4444-555555555555&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  tenants: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;c0000000-0000-4000-8000-000000000001&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;fab00000-0000-4000-8000-000000000002&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">],</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">})</span></span>
<span class="line"></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">get</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span></span>
<span class="line"><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">  &#39;/orders&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  api.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">authorizationRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Orders.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">] }, </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">async</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">req</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">res</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, { </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">user</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> {</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">    res.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">await</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> findCustomer</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(user.tid, user.oid))</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  }),</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">)</span></span></code></pre></div><p><strong>If you accept several tenants, add <code>tid</code> to every query.</strong> A query without the tenant shows the data of one customer to another customer.</p><p>If your tenants are in a database, check them with <code>claims</code>:</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">get</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span></span>
<span class="line"><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">  &#39;/orders&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  api.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">authorizationRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">    {</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">      scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Orders.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">],</span></span>
<span class="line"><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">      claims</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">: </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">async</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> ({ </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">tid</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> (</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">await</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> findCustomer</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(tid)) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">!==</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> undefined</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">    },</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">    (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">req</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">res</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> res.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">([]),</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  ),</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">)</span></span></code></pre></div><h2 id="clients" tabindex="-1">Clients <a class="header-anchor" href="#clients" aria-label="Permalink to &quot;Clients&quot;">​</a></h2><p>With <code>allowedClients</code>, you list the clients that may call your API, for a user or for themselves. Other clients get 403 <code>access_denied</code>. The library compares the list with the claim <code>azp</code>, <code>appid</code> or <code>client_id</code>.</p><p>For applications without a user, also require <code>appPermissions</code>. Only an administrator of the tenant can grant them.</p><h2 id="responses-to-clients" tabindex="-1">Responses to clients <a class="header-anchor" href="#responses-to-clients" aria-label="Permalink to &quot;Responses to clients&quot;">​</a></h2><p>The body of an error response is JSON with <code>error</code> and <code>error_description</code>. The header <code><span class="word">WWW-Authenticate</span></code> tells the client what to do. The library sets <code><span class="word">Cache-Control:</span> <span class="word">no-store</span></code>.</p><table tabindex="0"><thead><tr><th>request</th><th>status</th><th><code>error</code> in the body</th><th><code><span class="word">WWW-Authenticate:</span> Bearer …</code></th></tr></thead><tbody><tr><td>has no token</td><td>401</td><td><code>unauthorized</code></td><td><code>scope=&quot;…&quot;</code>, without <code>error</code></td></tr><tr><td>has two tokens, or a malformed header</td><td>400</td><td><code>invalid_request</code></td><td><code>error=&quot;invalid_request&quot;</code></td></tr><tr><td>has a token that failed a check</td><td>401</td><td><code>invalid_token</code></td><td><code>error=&quot;invalid_token&quot;</code></td></tr><tr><td>lacks the scope</td><td>403</td><td><code>insufficient_scope</code></td><td><code>error=&quot;insufficient_scope&quot;, scope=&quot;api://&lt;API&gt;/Todos.Read&quot;</code></td></tr><tr><td>lacks the app permission</td><td>403</td><td><code>insufficient_scope</code></td><td><code>error=&quot;insufficient_scope&quot;</code></td></tr><tr><td>lacks the app role or the group</td><td>403</td><td><code>access_denied</code></td><td>not sent</td></tr><tr><td>has a client, a tenant or claims that are not allowed</td><td>403</td><td><code>access_denied</code></td><td>not sent</td></tr><tr><td>lacks the authentication context</td><td>401</td><td><code>insufficient_claims</code></td><td><code>authorization_uri=&quot;…&quot;, client_id=&quot;…&quot;, claims=&quot;&lt;base64&gt;&quot;, error=&quot;insufficient_claims&quot;</code></td></tr><tr><td>lacks it, and the client does not support claims challenges</td><td>403</td><td><code>access_denied</code></td><td>not sent</td></tr><tr><td>needs the user, for a call to another API</td><td>401</td><td><a href="/on-behalf-of#when-the-user-is-needed">three values</a></td><td>the same <code>error</code></td></tr><tr><td>arrives during an outage of the provider</td><td>503</td><td><code>provider_unavailable</code></td><td>not sent. <code><span class="word">Retry-After</span></code> is set.</td></tr><tr><td>arrives while the provider&#39;s documents are unusable</td><td>502</td><td><code>invalid_response</code></td><td>not sent</td></tr></tbody></table><p>A header with <code>error</code> also contains <code>error_description</code>. If you set <a href="/mcp#the-published-document"><code>resource</code></a>, every header contains <code>resource_metadata</code>. With <code>insufficient_claims</code>, the body also contains <code>claims</code>, as JSON and not in base64. If your settings are wrong, see <a href="/operate#let-a-wrong-configuration-fail-early">Run in production</a>.</p><p>A client does this:</p><table tabindex="0"><thead><tr><th>it gets</th><th>it does</th></tr></thead><tbody><tr><td>401 <code>unauthorized</code></td><td>requests a token for <code>scope</code></td></tr><tr><td>401 <code>invalid_token</code></td><td>requests a new token once. If this token fails too, <code>error_description</code> names the reason.</td></tr><tr><td>401 <code>insufficient_claims</code></td><td>requests a token with these <code>claims</code>. If necessary, it signs in its user. <code>context.fetch</code> of this library does this for you.</td></tr><tr><td>403 <code>insufficient_scope</code></td><td>asks its user for consent to <code>scope</code>. For an app permission, it asks an administrator.</td></tr><tr><td>403 <code>access_denied</code></td><td>stops</td></tr><tr><td>502</td><td>stops. You find the cause in the log of the API.</td></tr><tr><td>503</td><td>tries again after <code><span class="word">Retry-After</span></code> seconds</td></tr></tbody></table><h2 id="which-tokens-your-api-accepts" tabindex="-1">Which tokens your API accepts <a class="header-anchor" href="#which-tokens-your-api-accepts" aria-label="Permalink to &quot;Which tokens your API accepts&quot;">​</a></h2><p>The claim <code>aud</code> names the API that a token is for. Your API accepts these values, with or without a slash at the end:</p><table tabindex="0"><thead><tr><th>provider</th><th><code>aud</code></th></tr></thead><tbody><tr><td>Microsoft</td><td>the client ID, <code>api://&lt;client ID&gt;</code>, and each <code>audience</code></td></tr><tr><td>any OpenID Connect provider</td><td>the client ID, each <code>audience</code>, and the URL in <code>resource</code> if it is set</td></tr></tbody></table><p>If your Application ID URI has another form, set <code>audience</code>:</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> api</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> ApiAuth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  authority: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;https://login.microsoftonline.com/contoso.onmicrosoft.com&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  clientId: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;11111111-2222-3333-4444-555555555555&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  audience: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;https://contoso.onmicrosoft.com/todos&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">})</span></span></code></pre></div><p>At Microsoft, the first <code>audience</code> that is a URI is also the prefix of the scopes in responses. Without one, the prefix is <code>api://&lt;client ID&gt;</code>, and at AD FS it is the client ID.</p><p>Your API rejects these tokens:</p><table tabindex="0"><thead><tr><th>token</th><th>reason</th></tr></thead><tbody><tr><td>a token for another API, such as Microsoft Graph</td><td>Only that API can verify it.</td></tr><tr><td>an ID token</td><td>It tells an application who signed in. It does not allow anything.</td></tr><tr><td>a token in the URL or in a form</td><td>Servers log URLs. Send the token in the header <code>Authorization</code>.</td></tr><tr><td>a token that is bound to a key (<code>cnf</code>)</td><td>The library does not verify DPoP and mutual TLS.</td></tr><tr><td>an encrypted token</td><td>Switch off the token encryption in the registration of your API.</td></tr><tr><td>a token of more than 16,384 characters</td><td>The largest tokens of Entra ID have about 11,000.</td></tr><tr><td>a token signed with <code>none</code> or HS256</td><td>These algorithms do not prove the issuer. The library accepts only signatures of a private key.</td></tr></tbody></table><h2 id="other-providers" tabindex="-1">Other providers <a class="header-anchor" href="#other-providers" aria-label="Permalink to &quot;Other providers&quot;">​</a></h2><table tabindex="0"><thead><tr><th>provider</th><th>settings</th><th>differences</th></tr></thead><tbody><tr><td><a href="/external-id">External ID</a></td><td><code>authority: &#39;https://contoso.ciamlogin.com&#39;</code></td><td>Customers cannot consent, so grant admin consent to the client.</td></tr><tr><td><a href="/azure-ad-b2c">Azure AD B2C</a></td><td><code>b2c: { … }</code></td><td><a href="/azure-ad-b2c#protect-an-api">Tokens of your policies</a>. Azure AD B2C does not support on-behalf-of.</td></tr><tr><td><a href="/ad-fs">AD FS</a></td><td><code>authority: &#39;https://fs.contoso.com/adfs&#39;</code></td><td><code>audience</code> is the identifier of the web API.</td></tr><tr><td>any OpenID Connect provider</td><td><code>oidcAuthority</code>, <code>audience</code></td><td>The access tokens must be JWTs, as in <a href="https://www.rfc-editor.org/rfc/rfc9068" target="_blank" rel="noreferrer">RFC 9068</a>.</td></tr></tbody></table><p>For any OpenID Connect provider:</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> api</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> ApiAuth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  oidcAuthority: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;https://id.example.com&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  audience: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;https://todos.example.com&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">})</span></span></code></pre></div><ul><li>The library accepts tokens with the type <code>at+jwt</code>.</li><li>With the type <code>JWT</code> or without a type, a token could be an ID token. The library then accepts it only if it contains <code>scope</code>, <code>scp</code>, <code>client_id</code> or <code>cid</code>, or if it says that it is an access token. Amazon Cognito uses the claim <code>token_use</code> for this, and Keycloak uses <code>typ</code>. The library rejects every token with <code>nonce</code> or <code>at_hash</code>.</li><li>Scopes do not have a prefix.</li><li>A token belongs to an application if its <code>sub</code> is its <code>client_id</code>. The scopes of this token are the <code>appPermissions</code>.</li><li>You cannot use a provider with opaque access tokens, because only the provider can check them.</li></ul><h2 id="web-pages-and-an-api-in-one-process" tabindex="-1">Web pages and an API in one process <a class="header-anchor" href="#web-pages-and-an-api-in-one-process" aria-label="Permalink to &quot;Web pages and an API in one process&quot;">​</a></h2><p>Sign users in with <a href="/sign-in"><code>Auth</code></a>, and protect your API with <code>ApiAuth</code>. If a route is for both, combine them. The scripts of your pages then call it with the session, and other clients with a token:</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> either</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> auth.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">orBearer</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(api)</span></span>
<span class="line"></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">get</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span></span>
<span class="line"><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">  &#39;/todos&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  either.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">required</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ authorization: { scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Todos.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">] } }, (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">req</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">res</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">context</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> {</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">    if</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> (context.kind </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">===</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;bearer&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">return</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> res.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ by: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;token&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, client: context.clientId })</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">    res.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ by: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;session&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, name: context.user.name })</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  }),</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">)</span></span></code></pre></div><p><code>context.kind</code> is <code>&#39;session&#39;</code> or <code>&#39;bearer&#39;</code>, and TypeScript then knows the rest of the context. For requirements of such a route, see <a href="/sign-in#sessions-and-access-tokens">Sessions and access tokens</a>.</p><ul><li>If the header <code>Authorization</code> has the scheme <code>Bearer</code>, only the token counts. A session cannot replace a token that the guard rejects.</li><li>In all other cases, only the session counts. So your routes also work behind a proxy that requires <code>Authorization: Basic</code>, as many staging environments do.</li><li>The guard checks which page sent a request with a session, and does not check a request with a token. See <a href="/sessions#cross-site-requests">cross-site requests</a>.</li></ul><p>You can use one registration for <code>auth</code> and <code>api</code>, or two. To try it, run <code>npm run demo <span class="word">--</span> <span class="word">web-and-api</span></code>. If your pages call an API in another process, read <a href="/call-an-api">Call an API</a> instead.</p><h2 id="keys-and-caches" tabindex="-1">Keys and caches <a class="header-anchor" href="#keys-and-caches" aria-label="Permalink to &quot;Keys and caches&quot;">​</a></h2><ul><li>The library fetches the metadata and the keys of your provider with the first request, and again after 24 hours. During an outage of the provider, it uses the cached documents until <a href="/operate#while-your-provider-is-down">they are three days old</a>.</li><li>If a token has an unknown key ID, the library fetches the keys again, but at most once in 30 seconds. So callers cannot make your API flood the provider.</li><li>The library caches a token when it arrives for the second time, and does not verify it again. At each use, it still checks the expiry of the token, the keys of the provider and the requirements of the route.</li><li>The library does not ask the provider whether a token is still valid. A user whom you disable can call your API until the token expires, which takes about an hour at Entra ID.</li></ul><h3 id="choose-the-size-of-the-cache" tabindex="-1">Choose the size of the cache <a class="header-anchor" href="#choose-the-size-of-the-cache" aria-label="Permalink to &quot;Choose the size of the cache&quot;">​</a></h3><p>At the first request with a token, the guard verifies the signature, which takes most of its time. For a cached token, the guard takes nearly no time. By default, the cache of a process contains at least the 1,000 tokens that were used last, and at most twice as many. If more callers use your API in the same hour, set <code>tokenCacheEntries</code>:</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> api</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> ApiAuth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  authority: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;https://login.microsoftonline.com/contoso.onmicrosoft.com&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  clientId: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;11111111-2222-3333-4444-555555555555&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  tokenCacheEntries: </span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">10_000</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">})</span></span></code></pre></div><ol><li>Count the callers that call your API at least twice within the lifetime of a token, which is about an hour at Entra ID. Each user of each client is one caller. Each application without a user is one caller too.</li><li>If your load balancer sends each caller to any process, set this number. If it always sends a caller to the same process, divide the number by the number of processes.</li><li>Multiply twice the number by the memory of a cached token, and check that each process has this memory. The <a href="/benchmarks#api">benchmarks</a> measure the memory of a cached token.</li></ol><p>The memory of the cache has a limit. If tokens have more than 8,000 characters on average, the cache contains fewer tokens. Clients cannot fill the cache with forged tokens, or with tokens that they use only once.</p><p>On Node.js, Bun and Deno, the check of a signature runs synchronously, because it would take longer to use another thread. Signatures of the algorithms ES384 and ES512 take up to a millisecond, so another thread checks them. On other runtimes, WebCrypto checks all signatures.</p><h2 id="if-something-goes-wrong" tabindex="-1">If something goes wrong <a class="header-anchor" href="#if-something-goes-wrong" aria-label="Permalink to &quot;If something goes wrong&quot;">​</a></h2><p>Read <code>error_description</code> in the response. Set <code>logger: console</code> to also find each rejected token in <a href="/operate#read-the-log">your log</a>, with a hint about your settings. The log never contains a token, and requests without a token are not logged.</p><ul><li><strong>401 &quot;it is for <a href="https://graph.microsoft.com" target="_blank" rel="noreferrer">https://graph.microsoft.com</a>; ask for a scope of this API&quot;.</strong> This is the most common mistake. The client requested <code>User.Read</code>, or did not request a scope of your API. Request <code>api://&lt;API&gt;/Todos.Read</code> instead.</li><li><strong>401 &quot;it is for …&quot; with a value that belongs to your API.</strong> Your Application ID URI has another form. Set <a href="#which-tokens-your-api-accepts"><code>audience</code></a> to the value in the message.</li><li><strong>401 &quot;it is an ID token&quot;.</strong> Send the access token of the sign-in.</li><li><strong>401 &quot;it is not a JSON Web Token&quot;.</strong> The client sent an opaque token, or only a part of a token. Some providers issue a JWT only if the client names the API.</li><li><strong>401 &quot;it has expired&quot;.</strong> The client must get a new token. If the message shows a wrong time of this server, correct its clock.</li><li><strong>401 <code>unauthorized</code>, although the client sends a token.</strong> The token is in the URL, or a proxy removes the header <code>Authorization</code>.</li><li><strong>400 &quot;The Authorization header must be …&quot;</strong> Check the header that the client sends.</li><li><strong>403 &quot;The access token does not have the scope …&quot;</strong> The client must request this scope, and the user must consent.</li><li><strong>403 &quot;The application needs the app permission …&quot;</strong> Grant it to the client, with <strong>Application permissions</strong> and <strong>Grant admin consent</strong>, or with <a href="/cli#an-api-its-web-app-and-its-daemon"><code>register <span class="word">--daemon</span></code></a>.</li><li><strong>403 &quot;Only users may call this route, and the token belongs to an application.&quot;</strong> Add <code>appPermissions</code> to the route. An administrator must consent to them. If you wrote <code>roles</code>, use <code>appPermissions</code> instead.</li><li><strong>403 &quot;The user needs the role …&quot;</strong> Assign the app role of the <em>API</em> to the user, not the role of the client.</li><li><strong>403 &quot;The tenant … is not allowed to use this application.&quot;</strong> Add the tenant to <a href="#tenants"><code>tenants</code></a>.</li><li><strong>502 <code>invalid_response</code> for every token.</strong> The API cannot read the metadata of the provider. Your log names the cause, for example a wrong tenant in <code>authority</code>.</li><li><strong>503 <code>provider_unavailable</code>.</strong> The provider does not respond. Your log names the <a href="/operate#find-the-cause">cause</a>.</li><li><strong>&quot;… needs a credential for groups.&quot;</strong> Set <code>clientCredential</code>, as in <a href="#groups">Groups</a>.</li></ul></div>`)
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add('protect-an-api.md')
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const protectAnApi = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, protectAnApi as default }
