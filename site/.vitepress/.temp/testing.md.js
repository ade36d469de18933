import { resolveComponent, withCtx, createVNode, createTextVNode, useSSRContext } from 'vue'
import { ssrRenderAttrs, ssrRenderComponent, ssrRenderAttr } from 'vue/server-renderer'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const _imports_0 = '/files/docs/images/switches.png'
const __pageData = JSON.parse(
  '{"title":"Test your application","description":"","frontmatter":{},"headers":[],"relativePath":"testing.md","filePath":"testing.md"}',
)
const _sfc_main = { name: 'testing.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  const _component_ChoiceTabs = resolveComponent('ChoiceTabs')
  _push(`<div${ssrRenderAttrs(_attrs)}><h1 id="test-your-application" tabindex="-1">Test your application <a class="header-anchor" href="#test-your-application" aria-label="Permalink to &quot;Test your application&quot;">​</a></h1><p>Test your guarded pages and your API without an account, a browser or a password. The testing kit, <code><span class="word">identity-web-dev/testing</span></code>, signs a user in with one line:</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { expect, test } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;vitest&#39;</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { sessionFor } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;identity-web-dev/testing&#39;</span></span>
<span class="line"></span>
<span class="line"><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">test</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;shows the orders of Alex&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">async</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> () </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> {</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">  const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> session</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> await</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> sessionFor</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ auth }, { as: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;alex&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> })</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">  const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> response</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> await</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> fetch</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">\`\${</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">origin</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">}/orders\`</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, session)</span></span>
<span class="line"><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">  expect</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> response.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">text</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">()).</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">toContain</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Hello, Alex&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">)</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">})</span></span></code></pre></div><p><code>auth</code> is the <code>Auth</code> of your application, in any framework. The session is real. The kit calls your <code>onLogin</code> and writes to your store, and your guards accept the session as after a sign-in in a browser.</p><h2 id="set-up" tabindex="-1">Set up <a class="header-anchor" href="#set-up" aria-label="Permalink to &quot;Set up&quot;">​</a></h2><p>Install the development provider with <code>npm install <span class="word">-D</span> <span class="word">identity-web-dev</span></code>. At the start of your test file, start the provider and your application. Import your application after you have set its variables:</p><div class="language-js vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">js</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { startDevProvider } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;identity-web-dev/testing&#39;</span></span>
<span class="line"></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> origin</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;http://localhost:3000&#39;</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> provider</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> await</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> startDevProvider</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">()</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">process.env.</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">IDENTITY_AUTHORITY</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> provider.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">authority</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">()</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">process.env.</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">IDENTITY_CLIENT_ID</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> provider.app.clientId</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">process.env.</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">IDENTITY_CLIENT_SECRET</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> provider.app.clientSecret</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">process.env.</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">IDENTITY_REDIRECT_URI</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> \`\${</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">origin</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">}/redirect\`</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">process.env.</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">IDENTITY_SESSION_SECRET</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;a session secret of at least 32 characters&#39;</span></span>
<span class="line"></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { </span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">app</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">auth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> await</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;./app.js&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">)</span></span></code></pre></div><p>Then start your application. After your tests, stop it, and call <code>await provider.close()</code>:</p>`)
  _push(
    ssrRenderComponent(
      _component_ChoiceTabs,
      {
        kind: 'framework',
        names: 'Express|Fastify|Koa|Hono',
      },
      {
        default: withCtx((_, _push2, _parent2, _scopeId) => {
          if (_push2) {
            _push2(`<div class="option" data-value="express"${_scopeId}><p class="option-name"${_scopeId}>Express</p><div class="language-js vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>js</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> server</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>listen</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}>3000</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;"${_scopeId}>// after the tests:</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>server.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>close</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>()</span></span></code></pre></div></div><div class="option" data-value="fastify"${_scopeId}><p class="option-name"${_scopeId}>Fastify</p><div class="language-js vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>js</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>listen</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>({ port: </span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}>3000</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> })</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;"${_scopeId}>// after the tests:</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>close</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>()</span></span></code></pre></div></div><div class="option" data-value="koa"${_scopeId}><p class="option-name"${_scopeId}>Koa</p><div class="language-js vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>js</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> server</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>listen</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}>3000</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;"${_scopeId}>// after the tests:</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>server.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>close</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>()</span></span></code></pre></div></div><div class="option" data-value="hono"${_scopeId}><p class="option-name"${_scopeId}>Hono</p><div class="language-js vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>js</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> { serve } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;@hono/node-server&#39;</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> server</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> serve</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>({ fetch: app.fetch, port: </span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}>3000</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> })</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;"${_scopeId}>// after the tests:</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>server.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>close</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>()</span></span></code></pre></div></div>`)
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
                  createVNode('div', { class: 'language-js vp-adaptive-theme' }, [
                    createVNode('button', {
                      title: 'Copy Code',
                      class: 'copy',
                    }),
                    createVNode('span', { class: 'lang' }, 'js'),
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
                              'const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' server',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' app.',
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
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#66707B', '--shiki-dark': '#BDC4CC' } },
                              '// after the tests:',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'server.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'close',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '()',
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
                  createVNode('div', { class: 'language-js vp-adaptive-theme' }, [
                    createVNode('button', {
                      title: 'Copy Code',
                      class: 'copy',
                    }),
                    createVNode('span', { class: 'lang' }, 'js'),
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
                              'await',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' app.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'listen',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '({ port: ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              '3000',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' })',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#66707B', '--shiki-dark': '#BDC4CC' } },
                              '// after the tests:',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'await',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' app.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'close',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '()',
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
                  createVNode('div', { class: 'language-js vp-adaptive-theme' }, [
                    createVNode('button', {
                      title: 'Copy Code',
                      class: 'copy',
                    }),
                    createVNode('span', { class: 'lang' }, 'js'),
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
                              'const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' server',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' app.',
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
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#66707B', '--shiki-dark': '#BDC4CC' } },
                              '// after the tests:',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'server.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'close',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '()',
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
                  createVNode('div', { class: 'language-js vp-adaptive-theme' }, [
                    createVNode('button', {
                      title: 'Copy Code',
                      class: 'copy',
                    }),
                    createVNode('span', { class: 'lang' }, 'js'),
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
                              ' { serve } ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'from',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              " '@hono/node-server'",
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
                              ' server',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              ' serve',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '({ fetch: app.fetch, port: ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              '3000',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' })',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#66707B', '--shiki-dark': '#BDC4CC' } },
                              '// after the tests:',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'server.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'close',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '()',
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
  _push(`<p>The kit does not work in production. If the <code>redirectUri</code> of your <code>Auth</code> is not on localhost, set <code>NODE_ENV</code> to <code>test</code> or <code>development</code>. Vitest and Jest do that for you.</p><p><a href="/examples/testing">examples/testing</a> contains the same tests for these test runners:</p><table tabindex="0"><thead><tr><th>test runner</th><th>command</th></tr></thead><tbody><tr><td>Vitest</td><td><code>vitest run</code></td></tr><tr><td>Jest</td><td><code>node <span class="word">--experimental-vm-modules</span> node_modules/jest/bin/jest.js</code>, with <a href="/source/examples/testing/jest">this configuration</a></td></tr><tr><td>node:test</td><td><code>node <span class="word">--import</span> tsx <span class="word">--test</span></code></td></tr><tr><td>Playwright</td><td><code>playwright test</code>, see <a href="#playwright">below</a></td></tr></tbody></table><h2 id="choose-what-the-user-may-do" tabindex="-1">Choose what the user may do <a class="header-anchor" href="#choose-what-the-user-may-do" aria-label="Permalink to &quot;Choose what the user may do&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { sessionFor } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;identity-web-dev/testing&#39;</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> admin</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> await</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> sessionFor</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ auth }, { as: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;sam&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, roles: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Admin&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">] })</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> caller</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> await</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> sessionFor</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  { auth },</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  { as: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;kim&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;User.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">], claims: { hr: </span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">true</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> } },</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">)</span></span></code></pre></div><p><code>as</code> is the name of an account:</p><table tabindex="0"><thead><tr><th>authority of your application</th><th>accounts</th></tr></thead><tbody><tr><td><code>provider.authority()</code></td><td><code>alex</code>, <code>robin</code>, <code>sam</code>, <code>kim</code> (a guest), <code>morgan</code> (250 groups)</td></tr><tr><td><code>provider.authority(&#39;common&#39;)</code></td><td>also <code>jo</code> and <code>charlie</code> (a personal account)</td></tr><tr><td><code>provider.externalIdAuthority</code></td><td><code>nora</code>, <code>theo</code></td></tr><tr><td>Azure AD B2C</td><td><code>mia</code>, <code>lee</code></td></tr></tbody></table><p>You can also <a href="/development-provider/">add accounts</a>.</p><p>With <code>scopes</code>, the user of the session has consented to these scopes. <code>getTokenForUser</code> and <code>context.fetch</code> therefore work, also after a refresh. If a route requires other scopes, the guard redirects the user to the provider, as in production.</p><p><code>sessionFor</code> returns an object with these properties:</p><ul><li><code>headers</code> is for your HTTP client, for example <code>supertest(app).get(path).set(headers)</code>. It contains <code>Origin</code>, so the guard also accepts <code>POST</code>, <code>PUT</code>, <code>PATCH</code> and <code>DELETE</code>.</li><li><code>cookies</code> is for <code>context.addCookies([...cookies])</code> of Playwright.</li><li><code>user</code> is the result of <code>onLogin</code>, and <code>claims</code> contains the claims of the ID token.</li></ul><h3 id="an-application-in-another-process" tabindex="-1">An application in another process <a class="header-anchor" href="#an-application-in-another-process" aria-label="Permalink to &quot;An application in another process&quot;">​</a></h3><p>If your application runs in another process, pass the settings of its <code>Auth</code> instead of <code>auth</code>. If you do not pass a setting, the kit reads its environment variable, such as <code>IDENTITY_SESSION_SECRET</code>:</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { sessionFor } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;identity-web-dev/testing&#39;</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> settings</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { secret: process.env.</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">IDENTITY_SESSION_SECRET</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, redirectUri: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">\`\${</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">origin</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">}/redirect\`</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { </span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">headers</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> await</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> sessionFor</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(settings, { as: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;alex&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> })</span></span></code></pre></div><p>If your application sets <code>session.cookie</code>, <code>session.store</code> or <code>session.denyList</code>, pass <code>cookie</code>, <code>store</code> or <code>denyList</code> too. The kit cannot call <code>onLogin</code> in another process. Pass the result of your <code>onLogin</code> as <code>user</code>. If the provider does not run, the session does not contain tokens.</p><h2 id="an-api" tabindex="-1">An API <a class="header-anchor" href="#an-api" aria-label="Permalink to &quot;An API&quot;">​</a></h2><p><code>tokenFor</code> creates a valid or an invalid access token. <code>api</code> is your <code>ApiAuth</code>. If the API runs in another process, pass <code>{ audience, authority }</code>. In this example, the route requires the scope <code>Todos.Read</code> or the app permission <code>Todos.Read.All</code>:</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { tokenFor } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;identity-web-dev/testing&#39;</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> call</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">token</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">:</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">headers</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">:</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"> HeadersInit</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=&gt;</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> fetch</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">\`\${</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">origin</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">}/todos\`</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, token)</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">await</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> call</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">await</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> tokenFor</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(api, { as: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;alex&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Todos.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">] })) </span><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;">// 200</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">await</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> call</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">await</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> tokenFor</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(api, { roles: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Todos.Read.All&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">] })) </span><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;">// 200: an app-only token</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">await</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> call</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">await</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> tokenFor</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(api, { as: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;alex&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Todos.ReadWrite&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">] })) </span><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;">// 403</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">await</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> call</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">await</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> tokenFor</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(api, { as: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;alex&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, expiresIn: </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">-</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">120</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> })) </span><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;">// 401: expired</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">await</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> call</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">await</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> tokenFor</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(api, { as: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;alex&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, key: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;stranger&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> })) </span><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;">// 401: signed with another key</span></span></code></pre></div><p>In your API, set <code>authority</code> to <code>provider.authority()</code>, <code>clientId</code> to <code>provider.api.clientId</code> and <code>audience</code> to <code>provider.api.idUri</code>. To remove a claim from a token, set it to <code>undefined</code> in <code>claims</code>.</p><h3 id="the-scopes-of-your-api" tabindex="-1">The scopes of your API <a class="header-anchor" href="#the-scopes-of-your-api" aria-label="Permalink to &quot;The scopes of your API&quot;">​</a></h3><p>The default API of the provider has the scopes <code>Todos.Read</code> and <code>Todos.ReadWrite</code>. Define your own API when you start the provider:</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { startDevProvider } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;identity-web-dev/testing&#39;</span></span>
<span class="line"></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> clientId</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;a0000000-0000-4000-8000-000000000002&#39;</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> provider</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> await</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> startDevProvider</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  config: {</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">    extends: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;default&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">    apps: [</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">      {</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">        clientId,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">        name: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Expenses API&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">        clientSecret: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;a-secret-for-tests&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">        redirectUris: [],</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">        idUri: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">\`api://\${</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">clientId</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">}\`</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">        scopes: [{ value: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Expenses.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, description: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Read your expenses&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }],</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">        appRoles: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Expenses.Read.All&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">],</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">        preauthorized: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;User.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">], </span><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;">// if it calls Microsoft Graph on behalf of its users</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">      },</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">      {</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">        clientId: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;a0000000-0000-4000-8000-000000000003&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">        name: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Nightly job&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">        clientSecret: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;another-secret-for-tests&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">        redirectUris: [],</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">        appPermissions: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">\`api://\${</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">clientId</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">}/Expenses.Read.All\`</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">],</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">      },</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">    ],</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  },</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">})</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">process.env.</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">IDENTITY_AUTHORITY</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> provider.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">authority</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">()</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">process.env.</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">IDENTITY_CLIENT_ID</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> clientId</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">process.env.</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">IDENTITY_CLIENT_SECRET</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;a-secret-for-tests&#39;</span></span></code></pre></div><p>The web application of such a test signs in as <code>provider.app</code>. Its users can consent to your scopes, or you pass them to <code>sessionFor</code>. <a href="/development-provider/configuration#apps">Configuration</a> explains all settings of an app.</p><h2 id="the-whole-sign-in" tabindex="-1">The whole sign-in <a class="header-anchor" href="#the-whole-sign-in" aria-label="Permalink to &quot;The whole sign-in&quot;">​</a></h2><p><code>browser</code> simulates a browser without a window. It follows redirects, chooses the account at the provider, keeps cookies, and sends <code>Origin</code> and <code><span class="word">Sec-Fetch-*</span></code>:</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { browser } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;identity-web-dev/testing&#39;</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> alex</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> browser</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(origin, { as: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;alex&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> })</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> page</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> alex.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">get</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;/orders&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">) </span><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;">// also signs Alex in</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> saved</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> alex.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">post</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;/orders&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, { item: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;book&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }) </span><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;">// sends a form</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> json</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> alex.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">fetch</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;/api/orders&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, { method: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;DELETE&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }) </span><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;">// like fetch in a script</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> alex.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">signOut</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">()</span></span></code></pre></div><h3 id="playwright" tabindex="-1">Playwright <a class="header-anchor" href="#playwright" aria-label="Permalink to &quot;Playwright&quot;">​</a></h3><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { expect, test </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">as</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> base } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;@playwright/test&#39;</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { signedIn } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;identity-web-dev/playwright&#39;</span></span>
<span class="line"></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> test</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> base.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">extend</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(signedIn)</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">test.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">use</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ signedInAs: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;robin&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, signInPath: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;/orders&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> })</span></span>
<span class="line"></span>
<span class="line"><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">test</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;shows the orders of Robin&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">async</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> ({ </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">page</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> {</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">  await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> page.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">goto</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;/orders&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">)</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">  await</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> expect</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(page.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">getByText</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Hello, Robin&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">)).</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">toBeVisible</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">()</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">})</span></span></code></pre></div><p>Set <code>signInPath</code> to a guarded page, and <code>baseURL</code> of Playwright to the URL of your application. Robin signs in once in each test run. All other tests with Robin use the session of this sign-in.</p><p>In this configuration, Playwright also starts your application and the development provider:</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;">// playwright.config.ts</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { defineConfig } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;@playwright/test&#39;</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">import</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> type</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { SignedInOptions } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;identity-web-dev/playwright&#39;</span></span>
<span class="line"></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">export</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> default</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> defineConfig</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">&lt;SignedInOptions&gt;({</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  testDir: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;e2e&#39;</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  use: { baseURL: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;http://localhost:3000&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, signInPath: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;/orders&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  webServer: {</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">    command: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;npx identity-web-dev -- npm start&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;">// or npm run dev, in a project of create-identity-web</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">    env: { PORT: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;3000&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> },</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">    url: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;http://localhost:3000&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  }</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">,</span></span>
<span class="line"><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">})</span></span></code></pre></div><p><code>page.request</code> sends cookies, but your guards redirect it like a page. To test the response to a script, send the header <code>Accept: application/json</code>, or call <code>fetch</code> in the page.</p><h2 id="failures-of-the-provider" tabindex="-1">Failures of the provider <a class="header-anchor" href="#failures-of-the-provider" aria-label="Permalink to &quot;Failures of the provider&quot;">​</a></h2><p>Make the provider fail, and check how your application handles the error:</p><table tabindex="0"><thead><tr><th>you call</th><th>the provider</th></tr></thead><tbody><tr><td><code>provider.behave({ faults: { token: { kind: &#39;status&#39;, status: 500 } } })</code></td><td>responds with 500 to token requests</td></tr><tr><td><code>provider.revokeUser(&#39;alex&#39;)</code></td><td>revokes all refresh tokens of Alex</td></tr><tr><td><code>provider.reset()</code></td><td>returns to the state after its start</td></tr></tbody></table><p>When you start the provider with <code>npx <span class="word">identity-web-dev</span></code>, you find these failures on its page <a href="/development-provider/#pages">Switches</a>:</p><p><img${ssrRenderAttr('src', _imports_0)} alt="The page &quot;Switches&quot; of the development provider: for each endpoint, buttons choose between &quot;Works&quot;, the status 429, 500 or 503, a slow response, an HTML page, and a connection that hangs or drops."></p><h2 id="other-kinds-of-tenants" tabindex="-1">Other kinds of tenants <a class="header-anchor" href="#other-kinds-of-tenants" aria-label="Permalink to &quot;Other kinds of tenants&quot;">​</a></h2><p>The kit works with every kind of tenant. Set one of these options of your <code>Auth</code>:</p><table tabindex="0"><thead><tr><th>tenant</th><th>option</th></tr></thead><tbody><tr><td>work and personal accounts</td><td><code>authority: provider.authority(&#39;common&#39;)</code></td></tr><tr><td>External ID</td><td><code>authority: provider.externalIdAuthority</code></td></tr><tr><td>AD FS</td><td><code>authority: provider.adfsAuthority</code></td></tr><tr><td>Azure AD B2C</td><td><code>b2c: provider.b2c</code></td></tr><tr><td>another OpenID Connect provider</td><td><code>oidcAuthority: provider.oidcAuthority</code></td></tr></tbody></table><h2 id="if-something-goes-wrong" tabindex="-1">If something goes wrong <a class="header-anchor" href="#if-something-goes-wrong" aria-label="Permalink to &quot;If something goes wrong&quot;">​</a></h2><ul><li><strong>&quot;The configuration has … problems&quot;.</strong> Your test imported the application before it set the variables. Set the variables first, and then call <code>await import(&#39;./app.js&#39;)</code>.</li><li><strong>&quot;The scopes … require access tokens, but a development provider for … does not run&quot;.</strong> You did not start the provider, or your application uses the authority of a real tenant, for example from <code>.env</code>. Start the provider, and set <code>IDENTITY_AUTHORITY</code> to <code>provider.authority()</code>.</li><li><strong>&quot;The authority … is not an authority of a running development provider&quot;.</strong> <code>tokenFor</code> has the same problem. Make the same changes for your API.</li><li><strong>&quot;The session secret of the application is missing&quot;.</strong> The application runs in another process, and your test does not know its secret. Set <code>IDENTITY_SESSION_SECRET</code> for the test too.</li><li><strong>The guard redirects, although the test sends the session.</strong> The cookie has another name, secret or origin than in the application. Pass <code>auth</code>, or <a href="#an-application-in-another-process">the same settings</a>.</li><li><strong>A <code>POST</code> gets 403.</strong> The request does not have the header <code>Origin</code>, so the guard rejects it. Send all <code>headers</code> of the session, and not only the cookie.</li><li><strong>403 for a route with <code>roles</code>.</strong> The account does not have the role. Pass <code>roles</code> to <code>sessionFor</code>.</li><li><strong>&quot;NODE_ENV is &quot;production&quot;&quot;.</strong> The kit does not create sessions in production. Set <code>NODE_ENV</code> to <code>test</code>.</li><li><strong>&quot;asked for scope &#39;…&#39; that doesn&#39;t exist on the resource&quot;.</strong> The API of the provider does not have your scope. Define <a href="#the-scopes-of-your-api">the scopes of your API</a>.</li><li><strong>&quot;Use one of these user names&quot;.</strong> The account does not exist, or it belongs to another tenant. Use one of the names in the message.</li></ul></div>`)
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add('testing.md')
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const testing = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, testing as default }
