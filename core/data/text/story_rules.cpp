#include "data/text/story_rules.h"

#include <sstream>

namespace gw {

namespace {

/// Words separated by '/', the first the likeliest: weights fall evenly to about a third of the first.
RuleText words(std::string name, const std::string& list) {
    RuleText rule{std::move(name), {}};
    std::istringstream in(list);
    for (std::string word; std::getline(in, word, '/');) rule.alternatives.push_back({0, word});
    const double count = static_cast<double>(rule.alternatives.size());
    for (std::size_t i = 0; i < rule.alternatives.size(); ++i)
        rule.alternatives[i].weight = 1.5 * count - static_cast<double>(i);
    return rule;
}

}  // namespace

// No alternative of a rule begins another one's text and goes on as its followers do, so that no story has two
// derivations; a test counts them. Each remembered word is of a class of its own, so that a model can find what it has
// to repeat. All words that follow "a" begin with a consonant.
const std::vector<RuleText>& story_rules() {
    static const std::vector<RuleText> rules{
        {"story", {{1, "{opening}{wish}{road}{ending}"}}},
        {"opening",
         {{4, "Once upon a time a {trait} {hero=animal} named {name=name} lived {home}. "},
          {3, "{name=name} was a {trait} {hero=animal} who lived {home}. "},
          {2, "Long ago, {home}, there lived a {trait} {hero=animal} named {name=name}. "}}},
        {"wish",
         {{4, "One {weather} {daytime} {$name} lost a {thing=thing}. "},
          {3, "{$name} wanted a {thing=thing} more than {treat}. "},
          {3, "The {$hero} had always dreamed of a {thing=thing}. "},
          {2, "One {daytime} {$name} heard of a {thing=thing} hidden {place}. "}}},
        {"road", {{1, "So {$name} {went} to {place_name}. {event}{more}"}}},
        {"more", {{11, "{event}{more}"}, {9, ""}}},
        {"event",
         {{5, "{place_start} {$name} met a {trait} {friend=stranger}. {talk}"},
          {3, "{soon} {$name} came to {place_name} and {action}. "},
          {2, "{soon} it grew {sky}, and {$name} {action}. "},
          {2, "A {trait} {keeper} {sound} and gave {$name} a {gift}. "}}},
        {"talk",
         {{4, "\"Have you seen my {$thing}?\" asked {$name}. \"{answer}\" said the {$friend}. "},
          {3, "The {$friend} {feeling} and {action}. "},
          {2, "They {together} and shared {treat}. "}}},
        {"answer", {{4, "Look {place},"}, {3, "Ask the {keeper} {place},"}, {2, "No, but {hope},"}}},
        {"ending",
         {{5, "{at_last} the {$thing} was {place}! {$name} {feeling} and went home. The end.\n"},
          {3, "{at_last} {$name} found the {$thing} {place}, and the {$hero} {feeling}. The end.\n"},
          {2, "The {$thing} was gone for ever, but {$name} {feeling} and {together_one}. The end.\n"}}},
        words("name", "Pip/Momo/Tilly/Bruno/Kiki/Nub/Otto/Luma/Fenn/Rolo/Zuzu/Hob/Wim/Dot/Suri/Taro"),
        words("animal", "fox/bear/mouse/rabbit/cat/hare/frog/duck/goat/hen/badger/squirrel/lamb/pony/mole/crow"),
        words("stranger",
              "wolf/turtle/pigeon/donkey/beaver/robin/snail/heron/toad/piglet/moth/stork/lizard/bee/cow/swan"),
        words("keeper", "miller/baker/fisher/shepherd/gardener/tailor/sailor/farmer/painter/weaver/cook/king"),
        words("trait",
              "small/brave/clever/shy/kind/merry/curious/sleepy/young/gentle/quick/proud/hungry/quiet/lucky/wise"),
        words("home",
              "under a hill/in a warm burrow/by the sea/at the edge of the forest/in a hollow tree/near the "
              "mill/behind a waterfall/"
              "on a green island/in a tiny house/below the bridge"),
        words("weather", "sunny/rainy/windy/cold/foggy/snowy/warm/bright"),
        words("daytime", "morning/evening/day/afternoon/night"),
        words("thing",
              "golden key/blue feather/red kite/silver bell/warm scarf/round stone/magic lamp/wooden boat/jar of "
              "honey/paper star/"
              "green hat/tin drum/secret map/glass ring/little book/striped ball"),
        words("treat", "cake/bread/berries/soup/honey/nuts/cheese/plums/milk/pie"),
        words("gift", "button/candle/ribbon/coin/leaf/flower/shell/rope/pear/lantern"),
        words("went", "walked/ran/crept/hurried/marched/danced/set off/wandered/skipped/tiptoed"),
        words("place_name",
              "the old mill/the dark forest/the river/the windy hill/the market/the quiet lake/the stone bridge/the "
              "garden/the far "
              "village/the ruined tower/the meadow/the orchard"),
        words("place",
              "under the snow/behind the barn/by the old well/in the tall grass/beside the road/at the top of the "
              "hill/inside the cave/near the "
              "pond/below the roots/between two rocks/over the river/in the attic"),
        words(
            "place_start",
            "On the way/At a crossing/Near the water/Behind a bush/Among the trees/In the shade/At the gate/By a fire"),
        words("soon", "Soon/After a while/Then/Before long/A little later/At noon"),
        words("sky", "dark/cold/stormy/misty/late/silent"),
        words("sound", "laughed/whistled/waved/sang/yawned/called out/jumped up/bowed"),
        words("feeling",
              "smiled/was very happy/laughed aloud/felt proud/danced with joy/sighed/was never sad again/felt warm "
              "inside"),
        words("action",
              "rested for a while/sang a song/looked around/climbed a tree/drank some water/hid in a hole/counted the "
              "clouds/told a joke/"
              "took a nap/picked some flowers/listened closely/built a small fire"),
        words("together", "played a game/sat down/became friends/told stories/sang a tune/watched the stars"),
        words("together_one",
              "learned to share/made many friends/found a new dream/baked a big cake/slept very well/planted a tree"),
        words("hope", "do not give up/it cannot be far/I will help you/the moon may know/try again tomorrow"),
        words("at_last", "At last,/In the end,/To everyone's surprise,/That very evening,/Many days later,"),
    };
    return rules;
}

}  // namespace gw
