import { expect } from 'chai';
import { createNode, findPath, plant, type Route } from '../../src/http/path-tree.ts';

const treeOf = (...paths: string[]) => {
  const tree = createNode();
  const routes = new Map(paths.map((path) => [path, { path } as Route]));
  for (const [path, route] of routes) plant(tree, path, route);
  return (path: string) => {
    const found = findPath(tree, path.split('/'));
    return found && { path: found.route.path, params: found.params };
  };
};

describe('the tree of paths', () => {
  const find = treeOf(
    '/',
    '/users',
    '/users/me',
    '/users/{userId}',
    '/users/{userId}/sessions',
    '/users/{id}/sessions/{sessionId}',
  );

  it('prefers a literal segment, and comes back from it where the path ends otherwise', () => {
    expect(find('/users/me')).to.deep.equal({ path: '/users/me', params: {} });
    expect(find('/users/7')).to.deep.equal({ path: '/users/{userId}', params: { userId: '7' } });
    expect(find('/users/me/sessions')).to.deep.equal({
      path: '/users/{userId}/sessions',
      params: { userId: 'me' },
    });
  });

  it('names the parameters of each path as that path does, decoded', () => {
    expect(find('/users/7/sessions/a%2Fb%20c')?.params).to.deep.equal({
      id: '7',
      sessionId: 'a/b c',
    });
    expect(find('/users/__proto__/sessions')?.params).to.deep.equal({ userId: '__proto__' });
  });

  it('finds nothing beside them: no empty parameter, no slash more, no other case', () => {
    for (const path of [
      '',
      '//',
      '/users/',
      '/users//sessions',
      '/users/7/',
      '/Users',
      '/users/7/sessions/8/9',
      '/%75sers',
    ]) {
      expect(find(path), path).to.equal(null);
    }
  });

  it('finds no path for a parameter that is no percent-encoded UTF-8', () => {
    expect(() => find('/users/%ff'))
      .to.throw()
      .with.property('code', 'not_found');
  });

  it('refuses paths that cannot be told apart, and segments that are a parameter only in part', () => {
    expect(() => treeOf('/a/{x}', '/a/{y}')).to.throw('/a/{y}');
    expect(() => treeOf('/a/{x}.json')).to.throw('only in part');
  });
});
