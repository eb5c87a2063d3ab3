// Importing quick phrases, and making a new pack.

#include "base/catalogue_rows.hpp"

namespace xiaoer {
namespace {

constexpr CatalogueEntry kRows[] = {
    {"folder-not-empty", "文件夹“{0}”里已经有东西了", "The folder \"{0}\" is not empty",
     "换一个新的文件夹名，原有的文件不会被改动", "Name a new folder; what is there stays as it is"},
    {"cannot-write", "写不了：{0}", "Cannot be written: {0}", "检查路径、权限和磁盘空间",
     "Check the path, the permissions and the space on the disk"},
    {"import-encoding", "文件不是 {0} 编码，从这一行起读不下去",
     "The file is not {0}; reading stopped at this line",
     "用 --encoding 说明编码，或者用表格软件另存为 UTF-8 的 CSV",
     "Name the encoding with --encoding, or save it as CSV in UTF-8"},
    {"import-binary", "这里有文本里不该有的控制字符，不像是表格文件",
     "There is a control character that no text has; this is hardly a table",
     "检查是不是选错了文件；没有 BOM 的 UTF-16 文件请加 --encoding utf-16",
     "Check that it is the right file; for UTF-16 without a byte order mark add --encoding utf-16"},
    {"import-too-large", "文件太大：最多 {0} 行，内容最多 {1} MB",
     "The file is too large: {0} rows and {1} MB of text are the limits", "拆成几个文件分别导入",
     "Split it and import each part"},
    {"import-bad-xlsx", "这不是完好的 xlsx 文件，在“{0}”处读不下去",
     "This is not a sound xlsx file; reading stopped at \"{0}\"",
     "去掉密码，在表格软件里另存为 xlsx 或 CSV",
     "Remove the password, or save it again as xlsx or CSV"},
    {"import-no-rows", "文件里没有可以导入的行", "The file has no rows to import",
     "检查第一个工作表或文件里有没有内容", "Check that the first sheet or the file has content"},
    {"import-no-columns", "认不出哪一列是短语，第一行是：{0}",
     "No column is known to be the text; the first row is: {0}",
     "用 --map 说明，例如 --map code=编码,text=话术,group=分组，也可以写列号",
     "Say so with --map, such as --map code=COL,text=COL,group=COL, by names or numbers"},
    {"import-bad-map", "没有“{0}”这一列，一共 {2} 列，第一行是：{1}",
     "There is no column \"{0}\"; there are {2}, and the first row is: {1}",
     "照第一行里的名字写，或者写列号（从 1 数起）",
     "Use the names of the first row, or numbers from 1"},
    {"import-unclosed-quote", "引号没有关上，这一行分不出列",
     "A quote is not closed; the row cannot be told into columns", "补上引号，或删去多余的引号",
     "Close the quote, or remove it"},
    {"import-ragged-row", "这一行有 {0} 列，表头只有 {1} 列，多出来的不知道是什么",
     "The row has {0} cells, the header only {1}; what the others are is not known",
     "给含有逗号的短语加上英文双引号", "Put phrases with commas into double quotes"},
    {"import-no-text", "这一行没有短语的内容", "The row has no text", "补上内容，或删去这一行",
     "Add the text, or remove the row"},
    {"import-unknown-placeholder", "不知道“{0}”该填什么", "Nobody knows what \"{0}\" stands for",
     "改成一个事实变量，例如 {{昵称|亲}}，再手工放进话术包",
     "Make it a fact, such as {{昵称|亲}}, and put the phrase into the pack by hand"},
    {"import-unsure", "拿不准它回答的是什么，最像的是“{0}”",
     "What it answers is not certain; the likeliest is \"{0}\"",
     "给它一个说明用途的分组名再导入，或手工放进对的意图",
     "Give it a group whose name says what it is for, or put it into the right intent by hand"},
    {"import-merged", "和第 {0} 行说的是同一句（相同程度 {1}）",
     "It says the same as line {0} (likeness {1})", "不用处理；想都留着，就改得不一样一些",
     "Nothing to do; to keep both, make them differ"},
    {"import-softened", "感叹号换成了逗号", "Exclamation marks became commas",
     "不用处理；话术里不写感叹号", "Nothing to do; replies have no exclamation marks"},
    {"import-emoticon", "保留了表情代码 {0}", "The emoticon codes {0} were kept",
     "只在千牛里显示成表情，用在别处请删去",
     "They show as emoticons in Qianniu only; remove them for other channels"},
    {"import-placeholder", "“{0}”换成了 {1}", "\"{0}\" became {1}",
     "不用处理；没有这个事实时，这句自动让位",
     "Nothing to do; without the fact the sentence steps aside"},
    {"import-placeholder-else", "“{0}”换成了 {1}", "\"{0}\" became {1}",
     "不用处理；没有这个事实时，写成“{2}”", "Nothing to do; without the fact it reads {2}"},
    {"import-address", "开头的称呼“{0}”换成了 {1}", "The address \"{0}\" at the start became {1}",
     "不用处理；没有昵称时称“亲”，店铺改口吻时跟着变",
     "Nothing to do; without a nickname it is 亲, and the shop's voice can change it"},
};

}  // namespace

std::span<const CatalogueEntry> import_rows() { return kRows; }

}  // namespace xiaoer
